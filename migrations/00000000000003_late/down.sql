-- Back to the second schema. What it has no place for is lost: drafts and letters that are no first
-- apology, alerts, attempts, tasks, papers, letterheads, what citizens said, messages by other ways.

CREATE TABLE old_letters (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    kind TEXT NOT NULL CHECK (kind IN ('apology')),
    promise_number INTEGER NOT NULL,
    year INTEGER NOT NULL,
    serial BIGINT NOT NULL,
    number TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    signer TEXT NOT NULL,
    facts TEXT NOT NULL,
    document_hash TEXT,
    UNIQUE (agency_id, year, serial),
    UNIQUE (dossier_id, kind, promise_number)
);
INSERT INTO old_letters
SELECT id, agency_id, dossier_id, kind, promise_number, year, serial, number, issued_at, signer, facts, document_hash
  FROM letters WHERE kind = 'apology' AND state = 'issued';

CREATE TABLE old_outbox (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT REFERENCES dossiers (id),
    submission_id TEXT REFERENCES submissions (id),
    about TEXT NOT NULL, -- code of the dossier or submission; the year of a calendar
    notice_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('due-soon', 'overdue', 'escalation', 'apology', 'receipt', 'redated', 'acceptance-due', 'acceptance-late', 'submission-received', 'submission-returned', 'submission-declined', 'supplement-request', 'supplement-reminder', 'closed-unanswered', 'completion-late', 'consultation-due', 'consultation-late', 'hand-over-late', 'calendar-missing')),
    audience TEXT NOT NULL CHECK (audience IN ('officer', 'supervisor', 'manager', 'applicant', 'desk', 'admin')),
    promise_number INTEGER NOT NULL,
    delivery TEXT NOT NULL CHECK (delivery IN ('mail', 'tray')),
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    letter_id TEXT REFERENCES old_letters (id),
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
SELECT id, agency_id, dossier_id, submission_id, about, notice_key, kind, audience, promise_number, delivery, recipient,
       recipient_name, letter_id, facts,
       CASE state WHEN 'collected' THEN 'ready' WHEN 'delivered' THEN 'sent' WHEN 'bounced' THEN 'failed' ELSE state END,
       created_at, ready_at, attempts, lease, leased_until, message_id, subject, body, last_error, settled_at
  FROM outbox
 WHERE delivery IN ('mail', 'tray')
   AND kind IN ('due-soon', 'overdue', 'escalation', 'apology', 'receipt', 'redated', 'acceptance-due', 'acceptance-late', 'submission-received', 'submission-returned', 'submission-declined', 'supplement-request', 'supplement-reminder', 'closed-unanswered', 'completion-late', 'consultation-due', 'consultation-late', 'hand-over-late', 'calendar-missing')
   AND (letter_id IS NULL OR letter_id IN (SELECT id FROM old_letters));

DROP TABLE attempts;
DROP TABLE tasks;
DROP TABLE outbox;
DROP TABLE letters;
ALTER TABLE old_letters RENAME TO letters;
ALTER TABLE old_outbox RENAME TO outbox;
CREATE INDEX outbox_ready ON outbox (state, ready_at);
CREATE INDEX outbox_by_dossier ON outbox (dossier_id);
CREATE INDEX outbox_by_submission ON outbox (submission_id);

DROP TABLE citizen_messages;
DROP TABLE contacts;
DROP TABLE letterheads;
DROP TABLE papers;
DROP TABLE outages;
DROP TABLE alerts;

CREATE TABLE old_proposals (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('procedures', 'calendar', 'time_rules')),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    base TEXT NOT NULL, -- revision of the rules it was made against
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP,
    note TEXT NOT NULL
);
INSERT INTO old_proposals SELECT * FROM proposals WHERE kind <> 'ladder';
DROP TABLE proposals;
ALTER TABLE old_proposals RENAME TO proposals;
CREATE INDEX proposals_by_state ON proposals (state, proposed_at);

DROP TABLE rungs;
ALTER TABLE accounts DROP COLUMN phone;
