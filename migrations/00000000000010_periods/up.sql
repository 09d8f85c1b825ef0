-- Closed periods: their reports are kept in documents and never computed again.

CREATE TABLE closed_periods (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    period TEXT NOT NULL, -- 2026-11, 2026-Q4, 2026-H2, 2026
    shape TEXT NOT NULL CHECK (shape IN ('calendar', 'official')), -- reports.periods of then
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    closed_at TIMESTAMP NOT NULL, -- also the moment as of which the reports were computed
    closed_by TEXT NOT NULL, -- user name
    signer TEXT NOT NULL, -- as the person was called then
    signer_role TEXT NOT NULL CHECK (signer_role IN ('clerk', 'officer', 'supervisor', 'manager', 'admin')),
    sha256 TEXT NOT NULL REFERENCES documents (hash),
    journal_seq BIGINT NOT NULL, -- the line that proves it
    UNIQUE (agency_id, period, shape)
);

-- What was written down after it took effect: a report as of an earlier moment must not know it.
CREATE INDEX journal_belated ON journal (recorded_at) WHERE recorded_at > at;
