DROP INDEX dossiers_of_agency_closed;
DROP INDEX dossiers_ended;
CREATE INDEX dossiers_of_agency_closed ON dossiers (agency_id, closed_at, received_at);
CREATE INDEX dossiers_due ON dossiers (closed_at, due_at, id);
