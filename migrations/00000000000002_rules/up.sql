-- Rules as data with dates: calendar versions with their hours, commitments, time rules, proposals
-- for four eyes, sub-deadlines, and online files that wait for acceptance.

-- What a calendar version names: its rows (calendar_days) and the office hours of that time.
CREATE TABLE calendar_versions (
    version INTEGER NOT NULL PRIMARY KEY,
    made_at TIMESTAMP NOT NULL,
    entered_by TEXT NOT NULL,
    approved_by TEXT NOT NULL, -- '': nobody had to
    decision TEXT NOT NULL,
    office_hours TEXT NOT NULL,
    same_day_cutoff TEXT NOT NULL
);

ALTER TABLE agencies ADD COLUMN area TEXT NOT NULL DEFAULT ''; -- areas of time rules, one a line

ALTER TABLE procedures ADD COLUMN entered_by TEXT NOT NULL DEFAULT 'system';
ALTER TABLE procedures ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE procedure_limits ADD COLUMN kind TEXT NOT NULL DEFAULT 'statutory' CHECK (kind IN ('statutory', 'commitment'));

-- Additions to limits and sub-deadlines; the version in force on a day is the newest that began.
CREATE TABLE time_rules (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('area_addition', 'acceptance', 'completion_notice', 'supplement', 'hand_over')),
    area TEXT NOT NULL, -- '': everywhere
    sector TEXT NOT NULL, -- '': every sector
    version INTEGER NOT NULL,
    limit_value INTEGER, -- NULL: the rule ends
    limit_unit TEXT CHECK (limit_unit IN ('working_day', 'calendar_day', 'month', 'working_hour', 'hour', 'same_day')),
    notice TEXT NOT NULL CHECK (notice IN ('off', 'screen', 'mail')),
    basis TEXT NOT NULL,
    confidence TEXT NOT NULL,
    valid_from DATE NOT NULL,
    entered_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    UNIQUE (kind, area, sector, version)
);

-- A change of rules that one person proposes and another decides.
CREATE TABLE proposals (
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
CREATE INDEX proposals_by_state ON proposals (state, proposed_at);

-- Online files that nobody accepted yet: no dossier, no promise, a clock of eight office hours.
CREATE TABLE submissions (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    code TEXT NOT NULL UNIQUE,
    procedure_code TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    applicant_phone TEXT,
    applicant_email TEXT,
    search_key TEXT NOT NULL,
    form TEXT NOT NULL,
    unit_id TEXT REFERENCES units (id),
    submitted_at TIMESTAMP NOT NULL,
    first_due_at TIMESTAMP NOT NULL, -- by when the first answer was owed: an earlier cut judges by it
    returned_at TIMESTAMP, -- sent back, once at most
    counted_from TIMESTAMP NOT NULL, -- submission, or the last answer of the applicant
    due_at TIMESTAMP NOT NULL,
    basis TEXT NOT NULL,
    calendar_version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'returned', 'accepted', 'declined')),
    note TEXT NOT NULL,
    decided_at TIMESTAMP, -- accepted or declined
    dossier_id TEXT REFERENCES dossiers (id),
    status_token TEXT NOT NULL UNIQUE,
    next_check_at TIMESTAMP,
    revision INTEGER NOT NULL
);
CREATE INDEX submissions_next_check ON submissions (next_check_at);
CREATE INDEX submissions_by_state ON submissions (state, due_at);

-- Dates inside the limit: the request for completion, the answer to it, a consulted body, hand-over.
CREATE TABLE sub_deadlines (
    id TEXT NOT NULL PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    kind TEXT NOT NULL CHECK (kind IN ('completion_notice', 'supplement', 'hand_over', 'consultation')),
    number INTEGER NOT NULL,
    body TEXT NOT NULL, -- the consulted body
    content TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    outcome TEXT CHECK (outcome IN ('met', 'late', 'lapsed', 'moot')),
    notice TEXT NOT NULL CHECK (notice IN ('off', 'screen', 'mail')),
    basis TEXT NOT NULL,
    calendar_version INTEGER NOT NULL,
    UNIQUE (dossier_id, kind, number)
);
CREATE INDEX sub_deadlines_open ON sub_deadlines (ended_at, due_at);

ALTER TABLE dossiers ADD COLUMN statutory_due_at TIMESTAMP; -- by the statutory limit; due_at may be a shorter commitment

CREATE TABLE new_promises (
    id TEXT NOT NULL PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('initial', 'imported', 'restarted', 'resumed', 'rescheduled', 'redated')),
    due_at TIMESTAMP NOT NULL,
    made_at TIMESTAMP NOT NULL,
    counted_from TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP, -- when a later judged promise took its place
    limit_value INTEGER,
    limit_unit TEXT CHECK (limit_unit IN ('working_day', 'calendar_day', 'month', 'working_hour', 'hour', 'same_day')),
    computed_due_at TIMESTAMP, -- ours beside an imported or kept one
    calendar_version INTEGER NOT NULL,
    provisional BOOLEAN NOT NULL,
    basis TEXT NOT NULL,
    ledger TEXT NOT NULL,
    statutory_due_at TIMESTAMP,
    statutory_ledger TEXT NOT NULL, -- '': the same limit
    UNIQUE (dossier_id, number)
);
INSERT INTO new_promises
SELECT id, dossier_id, number, kind, due_at, made_at, counted_from, superseded_at, limit_value, limit_unit,
       computed_due_at, calendar_version, provisional, basis, ledger,
       -- Without a limit the law's number is not known; beside an imported promise stands ours.
       CASE WHEN kind <> 'rescheduled' AND limit_unit IS NOT NULL THEN COALESCE(computed_due_at, due_at) END, ''
  FROM promises;
DROP TABLE promises;
ALTER TABLE new_promises RENAME TO promises;
UPDATE dossiers SET statutory_due_at =
    (SELECT p.statutory_due_at FROM promises p WHERE p.dossier_id = dossiers.id AND p.number = dossiers.promise_number);

CREATE TABLE new_outbox (
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
INSERT INTO new_outbox
SELECT o.id, o.agency_id, o.dossier_id, NULL, d.code, o.notice_key, o.kind, o.audience, o.promise_number, o.delivery,
       o.recipient, o.recipient_name, o.letter_id, o.facts, o.state, o.created_at, o.ready_at, o.attempts, o.lease,
       o.leased_until, o.message_id, o.subject, o.body, o.last_error, o.settled_at
  FROM outbox o JOIN dossiers d ON d.id = o.dossier_id;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_ready ON outbox (state, ready_at);
CREATE INDEX outbox_by_dossier ON outbox (dossier_id);
CREATE INDEX outbox_by_submission ON outbox (submission_id);
