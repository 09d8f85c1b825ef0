-- One text for SQLite and PostgreSQL. Instants are TIMESTAMP in UTC, whole seconds, made in Rust.
-- CHECK lists repeat the Rust enums; a test holds the two against each other.

CREATE TABLE agencies (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

CREATE TABLE units (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    sectors TEXT NOT NULL, -- one sector of the procedure list a line
    supervisor_id TEXT,
    officer_id TEXT, -- who handles what nobody was named for
    UNIQUE (agency_id, code)
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    username TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('clerk', 'officer', 'supervisor', 'manager', 'admin')),
    unit_id TEXT REFERENCES units (id),
    email TEXT,
    stand_in_id TEXT REFERENCES accounts (id),
    absent_from DATE,
    absent_to DATE,
    password_hash TEXT,
    failed_logins INTEGER NOT NULL,
    locked_until TIMESTAMP,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    csrf TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);

CREATE TABLE procedures (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    sector TEXT NOT NULL,
    service_level TEXT NOT NULL CHECK (service_level IN ('full', 'partial', 'none')),
    basis TEXT NOT NULL,
    confidence TEXT NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP,
    search_key TEXT NOT NULL,
    UNIQUE (code, version)
);

CREATE TABLE procedure_limits (
    id TEXT NOT NULL PRIMARY KEY,
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    channel TEXT CHECK (channel IN ('online', 'counter', 'post')), -- NULL: every channel
    limit_value INTEGER,
    limit_unit TEXT CHECK (limit_unit IN ('working_day', 'calendar_day', 'month', 'working_hour', 'hour', 'same_day')),
    basis TEXT NOT NULL,
    confidence TEXT NOT NULL
);
CREATE INDEX procedure_limits_by_procedure ON procedure_limits (procedure_id);

CREATE TABLE calendar_days (
    id TEXT NOT NULL PRIMARY KEY,
    day DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'compensatory', 'swapped_off', 'swapped_working')),
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    confidence TEXT NOT NULL,
    since_version INTEGER NOT NULL,
    until_version INTEGER
);
CREATE UNIQUE INDEX calendar_days_once ON calendar_days (day, since_version);

CREATE TABLE dossiers (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    code TEXT NOT NULL UNIQUE,
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    applicant_name TEXT NOT NULL,
    applicant_phone TEXT,
    applicant_email TEXT,
    applicant_address TEXT,
    search_key TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('online', 'counter', 'post')),
    unit_id TEXT REFERENCES units (id),
    officer_id TEXT REFERENCES accounts (id),
    officer_label TEXT, -- an officer's name as another system wrote it
    received_at TIMESTAMP NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('processing', 'awaiting_supplement', 'awaiting_obligation', 'granted', 'refused', 'withdrawn', 'stopped')),
    stage_since TIMESTAMP NOT NULL,
    paused_since TIMESTAMP,
    promise_number INTEGER NOT NULL, -- the judged promise; 0: none
    due_at TIMESTAMP, -- of the judged promise
    reschedule_number INTEGER NOT NULL, -- 0: never rescheduled
    new_due_at TIMESTAMP, -- of the reschedule
    closed_at TIMESTAMP,
    returned_at TIMESTAMP,
    paper_supplement BOOLEAN NOT NULL,
    presence_required BOOLEAN NOT NULL,
    fee_due BOOLEAN NOT NULL,
    paid_online BOOLEAN NOT NULL,
    e_result BOOLEAN NOT NULL,
    status_token TEXT NOT NULL UNIQUE,
    next_check_at TIMESTAMP,
    revision INTEGER NOT NULL
);
CREATE INDEX dossiers_next_check ON dossiers (next_check_at);
CREATE INDEX dossiers_due ON dossiers (closed_at, due_at, id);
CREATE INDEX dossiers_received ON dossiers (received_at);

CREATE TABLE promises (
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

CREATE TABLE pauses (
    id TEXT NOT NULL PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    kind TEXT NOT NULL CHECK (kind IN ('awaiting_supplement', 'awaiting_obligation')),
    from_at TIMESTAMP NOT NULL,
    to_at TIMESTAMP
);
CREATE INDEX pauses_by_dossier ON pauses (dossier_id, from_at);

-- Everything that ever happened, in one order, each line sealed with the hash of the one before.
CREATE TABLE journal (
    seq BIGINT NOT NULL PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    dossier_id TEXT REFERENCES dossiers (id),
    body TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX journal_by_dossier ON journal (dossier_id, seq);

CREATE TABLE journal_head (
    id INTEGER NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '');

CREATE TABLE letters (
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

CREATE TABLE documents (
    hash TEXT NOT NULL PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    kept_at TIMESTAMP NOT NULL
);

CREATE TABLE outbox (
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
CREATE INDEX outbox_ready ON outbox (state, ready_at);
CREATE INDEX outbox_by_dossier ON outbox (dossier_id);

-- Gap-free series: dossier codes within the day, letter numbers within the year.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
    id TEXT NOT NULL PRIMARY KEY, -- account and key
    request_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE jobs (
    name TEXT NOT NULL PRIMARY KEY,
    last_tick TIMESTAMP NOT NULL, -- the newest planned time that is taken care of
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    result TEXT
);

-- Only the demonstration: its own clock, which runs on from there.
CREATE TABLE settings_kept (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
