-- What finds finished files leaves the open ones out: each step of an open file writes an entry of every index.
DROP INDEX dossiers_due;
DROP INDEX dossiers_of_agency_closed;
CREATE INDEX dossiers_ended ON dossiers (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX dossiers_of_agency_closed ON dossiers (agency_id, closed_at, received_at) WHERE closed_at IS NOT NULL;
