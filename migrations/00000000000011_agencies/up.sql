-- One install for many agencies: who looks across them, and what each asks its own rows by.
ALTER TABLE agencies ADD COLUMN oversees BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX units_by_agency ON units (agency_id);
CREATE INDEX accounts_by_agency ON accounts (agency_id);
CREATE INDEX dossiers_of_agency_received ON dossiers (agency_id, received_at, id);
CREATE INDEX dossiers_of_agency_open ON dossiers (agency_id, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX submissions_of_agency ON submissions (agency_id, state, due_at);
CREATE INDEX outbox_of_agency ON outbox (agency_id, created_at, id);
CREATE INDEX tasks_of_agency ON tasks (agency_id, done_at, due_at);
