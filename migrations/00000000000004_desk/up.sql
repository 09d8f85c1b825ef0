-- A task of the desk may also be about an online file that is no dossier yet.

CREATE TABLE new_tasks (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT REFERENCES dossiers (id),
    submission_id TEXT REFERENCES submissions (id), -- either this or the dossier
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
INSERT INTO new_tasks
SELECT id, agency_id, dossier_id, NULL, outbox_id, task_key, kind, reason, opened_at, due_at, done_at, done_by, note
  FROM tasks;
DROP TABLE tasks;
ALTER TABLE new_tasks RENAME TO tasks;
CREATE INDEX tasks_open ON tasks (done_at, due_at);
CREATE INDEX tasks_by_dossier ON tasks (dossier_id);
CREATE INDEX tasks_by_submission ON tasks (submission_id);
CREATE INDEX tasks_by_message ON tasks (outbox_id);

-- Lists in pages.
CREATE INDEX outbox_newest ON outbox (created_at, id);
