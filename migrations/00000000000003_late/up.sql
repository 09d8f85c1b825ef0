-- Late files: the ladder of notices as data, alerts that are acknowledged, letters that are drafted and
-- signed, papers, ways a message takes with every attempt, tasks of the desk, what citizens say.

ALTER TABLE accounts ADD COLUMN phone TEXT; -- for urgent notices by message

-- One step of the ladder; the version in force on a day is the newest that began.
CREATE TABLE rungs (
    id TEXT NOT NULL PRIMARY KEY,
    agency_code TEXT NOT NULL, -- '': every agency
    procedure_code TEXT NOT NULL, -- '': every procedure
    kind TEXT NOT NULL CHECK (kind IN ('due-soon', 'apology-due', 'overdue', 'still-overdue', 'escalation')),
    level INTEGER NOT NULL, -- several of a kind: 1, 2 …
    version INTEGER NOT NULL,
    share_percent INTEGER NOT NULL, -- due-soon: not before this share of the office time has gone
    working_days INTEGER NOT NULL, -- before the promise, or after it
    audiences TEXT NOT NULL, -- who hears of it, parted by spaces; '': nobody, the rung is off
    accountable TEXT NOT NULL, -- the one of them who answers for it
    ways TEXT NOT NULL, -- 'screen', 'mail', 'message', parted by spaces
    bundling TEXT NOT NULL CHECK (bundling IN ('single', 'digest')),
    urgency TEXT NOT NULL CHECK (urgency IN ('normal', 'urgent')),
    acknowledge_hours INTEGER NOT NULL, -- office hours; 0: nobody has to
    basis TEXT NOT NULL,
    valid_from DATE NOT NULL,
    entered_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    UNIQUE (agency_code, procedure_code, kind, level, version)
);

CREATE TABLE new_proposals (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('procedures', 'calendar', 'time_rules', 'ladder')),
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
INSERT INTO new_proposals SELECT * FROM proposals;
DROP TABLE proposals;
ALTER TABLE new_proposals RENAME TO proposals;
CREATE INDEX proposals_by_state ON proposals (state, proposed_at);

-- What stands on an official's screen until it is acknowledged; its mail and message are outbox rows.
CREATE TABLE alerts (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT REFERENCES dossiers (id),
    about TEXT NOT NULL,
    alert_key TEXT NOT NULL UNIQUE, -- dossier/promise/kind/level/audience
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('officer', 'supervisor', 'manager', 'applicant', 'desk', 'admin')),
    promise_number INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    facts TEXT NOT NULL,
    raised_at TIMESTAMP NOT NULL,
    acknowledge_by TIMESTAMP, -- NULL: nobody has to, or it was passed on
    acknowledged_at TIMESTAMP,
    acknowledged_by TEXT NOT NULL,
    answer TEXT NOT NULL, -- what the recipient said with it
    ended_at TIMESTAMP -- when it stopped to matter: acknowledged, or the dossier moved on
);
CREATE INDEX alerts_by_account ON alerts (account_id, ended_at);
CREATE INDEX alerts_by_dossier ON alerts (dossier_id);
CREATE INDEX alerts_unanswered ON alerts (acknowledge_by);

CREATE TABLE new_letters (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    kind TEXT NOT NULL CHECK (kind IN ('apology', 'late-result', 'loss', 'second-miss')),
    promise_number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'refused', 'void')),
    year INTEGER, -- NULL, as serial and the moment of issue: not signed yet
    serial BIGINT,
    number TEXT NOT NULL,
    drafted_at TIMESTAMP NOT NULL,
    decide_by TIMESTAMP, -- the legal moment: a draft that waits longer is told to the citizen without it
    issued_at TIMESTAMP,
    signer TEXT NOT NULL,
    signed_by TEXT NOT NULL, -- 'system', or who signed or refused
    note TEXT NOT NULL, -- why it was refused or dropped
    reason_code TEXT NOT NULL,
    facts TEXT NOT NULL,
    document_hash TEXT,
    UNIQUE (agency_id, year, serial),
    UNIQUE (dossier_id, kind, promise_number)
);
INSERT INTO new_letters
SELECT id, agency_id, dossier_id, kind, promise_number, 'issued', year, serial, number, issued_at, NULL, issued_at,
       signer, 'system', '', '', facts, document_hash
  FROM letters;

CREATE TABLE new_outbox (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT REFERENCES dossiers (id),
    submission_id TEXT REFERENCES submissions (id),
    about TEXT NOT NULL, -- code of the dossier or submission; the year of a calendar
    notice_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('due-soon', 'apology-due', 'overdue', 'still-overdue', 'escalation', 'unacknowledged', 'digest', 'apology', 'late-result', 'loss', 'second-miss', 'delay-notice', 'signature-due', 'unsigned', 'letter-refused', 'task-late', 'delivery-alarm', 'citizen-cost', 'receipt', 'redated', 'acceptance-due', 'acceptance-late', 'submission-received', 'submission-returned', 'submission-declined', 'supplement-request', 'supplement-reminder', 'closed-unanswered', 'completion-late', 'consultation-due', 'consultation-late', 'hand-over-late', 'calendar-missing')),
    audience TEXT NOT NULL CHECK (audience IN ('officer', 'supervisor', 'manager', 'applicant', 'desk', 'admin')),
    promise_number INTEGER NOT NULL,
    delivery TEXT NOT NULL CHECK (delivery IN ('mail', 'sms', 'zalo', 'tray')),
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    letter_id TEXT REFERENCES new_letters (id),
    alert_id TEXT REFERENCES alerts (id), -- the alert it carries to an official
    facts TEXT NOT NULL,
    urgent BOOLEAN NOT NULL, -- may leave at night and on days off
    state TEXT NOT NULL CHECK (state IN ('ready', 'collected', 'sending', 'retry', 'sent', 'delivered', 'bounced', 'failed', 'void')),
    created_at TIMESTAMP NOT NULL,
    ready_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    lease TEXT,
    leased_until TIMESTAMP,
    message_id TEXT NOT NULL,
    bundle_id TEXT, -- the digest it left with
    fallback_of TEXT, -- the message that did not arrive on another way
    provider_id TEXT, -- how the provider names it in its reports
    subject TEXT,
    body TEXT,
    last_error TEXT,
    settled_at TIMESTAMP
);
INSERT INTO new_outbox
SELECT id, agency_id, dossier_id, submission_id, about,
       -- Notices to officials exist once for a post, whoever holds it: the oldest takes that key.
       CASE WHEN kind IN ('due-soon', 'overdue', 'escalation') AND NOT EXISTS (
                SELECT 1 FROM outbox o
                 WHERE o.dossier_id = outbox.dossier_id AND o.promise_number = outbox.promise_number
                   AND o.kind = outbox.kind AND o.audience = outbox.audience AND o.id < outbox.id)
            THEN dossier_id || '/' || promise_number || '/' || kind || '/1/' || audience || '/' || delivery
            ELSE notice_key END,
       kind, audience, promise_number, delivery, recipient, recipient_name, letter_id, NULL, facts, kind IN ('receipt', 'submission-received'), state, created_at, ready_at,
       attempts, lease, leased_until, message_id, NULL, NULL, NULL, subject, body, last_error, settled_at
  FROM outbox;
DROP TABLE outbox;
DROP TABLE letters;
ALTER TABLE new_letters RENAME TO letters;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX letters_by_state ON letters (state, decide_by);
CREATE INDEX outbox_ready ON outbox (state, ready_at);
CREATE INDEX outbox_by_dossier ON outbox (dossier_id);
CREATE INDEX outbox_by_submission ON outbox (submission_id);
CREATE INDEX outbox_by_letter ON outbox (letter_id);
CREATE INDEX outbox_by_message_id ON outbox (message_id);

-- Every attempt to bring a message, with the answer of the other side, and what it reported later.
CREATE TABLE attempts (
    id TEXT NOT NULL PRIMARY KEY,
    outbox_id TEXT NOT NULL REFERENCES outbox (id),
    number INTEGER NOT NULL,
    at TIMESTAMP NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'retry', 'failed', 'delivered', 'bounced')),
    answer TEXT NOT NULL
);
CREATE INDEX attempts_by_message ON attempts (outbox_id, at);

-- A way that does not work: from the first failure until something went through again.
CREATE TABLE outages (
    id TEXT NOT NULL PRIMARY KEY,
    delivery TEXT NOT NULL CHECK (delivery IN ('mail', 'sms', 'zalo', 'tray')),
    since TIMESTAMP NOT NULL,
    failures INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    alarmed_at TIMESTAMP,
    ended_at TIMESTAMP
);
CREATE INDEX outages_open ON outages (ended_at, delivery);

-- The forms given to citizens, frozen when they are first made (forms 01, 02, 03, 05, 06).
CREATE TABLE papers (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'supplement-request', 'refusal', 'stop', 'control-slip')),
    occasion INTEGER NOT NULL, -- the n-th of its kind for this dossier
    number TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    issued_by TEXT NOT NULL,
    facts TEXT NOT NULL,
    document_hash TEXT,
    UNIQUE (dossier_id, kind, occasion)
);

-- How an agency writes: names, titles, signature; the version in force is the newest.
CREATE TABLE letterheads (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    signature_hash TEXT,
    seal_hash TEXT,
    entered_by TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    UNIQUE (agency_id, version)
);

-- How a citizen is reached, when it is not as the office usually does.
CREATE TABLE contacts (
    dossier_id TEXT NOT NULL PRIMARY KEY REFERENCES dossiers (id),
    ways TEXT NOT NULL, -- in order of preference, parted by spaces; '': as usual
    dead TEXT NOT NULL, -- ways that failed for good
    changed_at TIMESTAMP NOT NULL
);

-- What a person at the desk has to do, by when.
CREATE TABLE tasks (
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
CREATE INDEX tasks_open ON tasks (done_at, due_at);

-- What citizens say on their page.
CREATE TABLE citizen_messages (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'cost')),
    text TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP,
    seen_by TEXT NOT NULL
);
CREATE INDEX citizen_messages_by_dossier ON citizen_messages (dossier_id);
CREATE INDEX citizen_messages_unseen ON citizen_messages (seen_at);
