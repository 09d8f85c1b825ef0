-- The administrator's pages: one-time passwords, tokens that are watched, the log of imports, and what the
-- audit journal is searched by.

-- A password that somebody else set: to be changed at the first sign-in.
ALTER TABLE accounts ADD COLUMN must_change BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE api_tokens ADD COLUMN last_used_at TIMESTAMP;

-- A form that was filled in under a session that ended is known by the session's token.
CREATE INDEX sessions_by_csrf ON sessions (csrf);
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE INDEX journal_by_actor ON journal (actor, seq);
CREATE INDEX journal_by_kind ON journal (kind, seq);

-- One row for each file that was read, by command or on a page.
CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('dossiers', 'procedures', 'calendar', 'rules', 'ladder')),
    outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'proposed', 'looked', 'failed')), -- looked: a dry run
    actor TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    file_name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    read_rows BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    error TEXT NOT NULL -- why the file could not be taken at all
);

-- Why rows stayed out: where and why, never the value that stood there.
CREATE TABLE import_rejections (
    import_id TEXT NOT NULL REFERENCES imports (id),
    place INTEGER NOT NULL,
    row_number BIGINT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (import_id, place)
);
