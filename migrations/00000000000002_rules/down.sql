-- Back to the first schema. What it has no place for is lost: submissions, sub-deadlines, proposals,
-- messages about them; a re-dated promise stays as a resumed one.

CREATE TABLE old_outbox (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    notice_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('due-soon', 'overdue', 'escalation', 'apology', 'receipt')),
    audience TEXT NOT NULL CHECK (audience IN ('officer', 'supervisor', 'manager', 'applicant')),
    promise_number INTEGER NOT NULL,
    delivery TEXT NOT NULL CHECK (delivery IN ('mail', 'tray')),
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    letter_id TEXT REFERENCES letters (id),
    facts TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'retry', 'sent', 'failed', 'void')),
    created_at TIMESTAMP NOT NULL,
    ready_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    lease TEXT,
    leased_until TIMESTAMP,
    message_id TEXT NOT NULL,
    subject TEXT,
    body TEXT,
    last_error TEXT,
    settled_at TIMESTAMP
);
INSERT INTO old_outbox
SELECT id, agency_id, dossier_id, notice_key, kind, audience, promise_number, delivery, recipient, recipient_name,
       letter_id, facts, state, created_at, ready_at, attempts, lease, leased_until, message_id, subject, body,
       last_error, settled_at
  FROM outbox
 WHERE dossier_id IS NOT NULL AND audience IN ('officer', 'supervisor', 'manager', 'applicant')
   AND kind IN ('due-soon', 'overdue', 'escalation', 'apology', 'receipt');
DROP TABLE outbox;
ALTER TABLE old_outbox RENAME TO outbox;
CREATE INDEX outbox_ready ON outbox (state, ready_at);
CREATE INDEX outbox_by_dossier ON outbox (dossier_id);

CREATE TABLE old_promises (
    id TEXT NOT NULL PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('initial', 'imported', 'restarted', 'resumed', 'rescheduled')),
    due_at TIMESTAMP NOT NULL,
    made_at TIMESTAMP NOT NULL,
    counted_from TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP, -- when a later judged promise took its place
    limit_value INTEGER,
    limit_unit TEXT CHECK (limit_unit IN ('working_day', 'calendar_day', 'month', 'working_hour', 'hour', 'same_day')),
    computed_due_at TIMESTAMP, -- ours beside an imported one
    calendar_version INTEGER NOT NULL,
    provisional BOOLEAN NOT NULL,
    basis TEXT NOT NULL,
    ledger TEXT NOT NULL,
    UNIQUE (dossier_id, number)
);
INSERT INTO old_promises
SELECT id, dossier_id, number, CASE WHEN kind = 'redated' THEN 'resumed' ELSE kind END, due_at, made_at, counted_from,
       superseded_at, limit_value, limit_unit, computed_due_at, calendar_version, provisional, basis, ledger
  FROM promises;
DROP TABLE promises;
ALTER TABLE old_promises RENAME TO promises;

ALTER TABLE dossiers DROP COLUMN statutory_due_at;
DROP TABLE sub_deadlines;
DROP TABLE submissions;
DROP TABLE proposals;
DROP TABLE time_rules;
DELETE FROM procedure_limits WHERE kind = 'commitment';
ALTER TABLE procedure_limits DROP COLUMN kind;
ALTER TABLE procedures DROP COLUMN approved_by;
ALTER TABLE procedures DROP COLUMN entered_by;
ALTER TABLE agencies DROP COLUMN area;
DROP TABLE calendar_versions;
