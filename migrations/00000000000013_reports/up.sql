-- What a report of an agency reads: the files that are open, and those finished since its period began.
CREATE INDEX dossiers_of_agency_closed ON dossiers (agency_id, closed_at, received_at);
