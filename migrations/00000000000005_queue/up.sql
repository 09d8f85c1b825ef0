-- The queue at its speed: words that dossiers are found by, filters kept by name, indexes of the lists.

-- One row a word; filled for older dossiers at the first start. BYTEA compares byte by byte in both
-- databases, whatever the collation of a text would do to a range.
CREATE TABLE search_words (
    word BYTEA NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    PRIMARY KEY (word, dossier_id)
);

-- A list somebody looks at often: the query of its address under a name.
CREATE TABLE saved_filters (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (account_id, name)
);

-- A few open dossiers among very many closed ones: lists and counts read these alone.
CREATE INDEX dossiers_open ON dossiers (due_at, id, paused_since) WHERE closed_at IS NULL;
CREATE INDEX dossiers_open_of_unit ON dossiers (unit_id, due_at, id, paused_since) WHERE closed_at IS NULL;
CREATE INDEX dossiers_open_of_officer ON dossiers (officer_id, due_at, id, paused_since) WHERE closed_at IS NULL;
CREATE INDEX dossiers_closed ON dossiers (received_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX dossiers_of_unit ON dossiers (unit_id, received_at, id);
CREATE INDEX dossiers_of_officer ON dossiers (officer_id, received_at, id);
DROP INDEX dossiers_received;
CREATE INDEX dossiers_received ON dossiers (received_at, id);
