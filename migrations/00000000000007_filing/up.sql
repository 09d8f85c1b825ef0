-- The clerk's work: who handed a dossier in and with which papers, a form that is half filled in, and
-- imports by the wizard.

CREATE TABLE filings (
    dossier_id TEXT NOT NULL PRIMARY KEY REFERENCES dossiers (id),
    procedure_code TEXT NOT NULL, -- with filed_at: the papers of the last dossier of a procedure
    filed_at TIMESTAMP NOT NULL,
    filed_by TEXT NOT NULL CHECK (filed_by IN ('self', 'assisted', 'representative')),
    representative_name TEXT NOT NULL,
    representative_phone TEXT NOT NULL,
    addressee TEXT NOT NULL CHECK (addressee IN ('applicant', 'representative')), -- who is told of it
    papers TEXT NOT NULL -- JSON: name, copies, form
);
CREATE INDEX filings_by_procedure ON filings (procedure_code, filed_at);

-- At most one for an account, and only for some hours: it holds what a citizen said.
CREATE TABLE drafts (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    body TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

-- A file brought by the wizard; the file itself lies in imports.folder under the id.
CREATE TABLE import_runs (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    file_name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    mapping TEXT NOT NULL, -- as the command line reads it; '': none yet
    state TEXT NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'importing', 'done', 'failed')),
    uploaded_at TIMESTAMP NOT NULL,
    rows_read BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL,
    beats BIGINT NOT NULL, -- grows with every batch: whoever works on it is alive
    beats_seen BIGINT NOT NULL, -- as the job saw it at seen_at
    seen_at TIMESTAMP,
    report TEXT NOT NULL,
    reconciled TEXT NOT NULL,
    problem TEXT NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX import_runs_by_state ON import_runs (state, uploaded_at);

CREATE TABLE import_mappings (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
