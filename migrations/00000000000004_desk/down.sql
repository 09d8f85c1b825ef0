DROP INDEX outbox_newest;

CREATE TABLE old_tasks (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    outbox_id TEXT REFERENCES outbox (id),
    task_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'print', 'contact')),
    reason TEXT NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    done_at TIMESTAMP,
    done_by TEXT NOT NULL,
    note TEXT NOT NULL
);
INSERT INTO old_tasks
SELECT id, agency_id, dossier_id, outbox_id, task_key, kind, reason, opened_at, due_at, done_at, done_by, note
  FROM tasks WHERE dossier_id IS NOT NULL;
DROP TABLE tasks;
ALTER TABLE old_tasks RENAME TO tasks;
CREATE INDEX tasks_open ON tasks (done_at, due_at);
