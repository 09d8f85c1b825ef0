DROP INDEX dossiers_ended;
CREATE INDEX dossiers_due ON dossiers (closed_at, due_at, id);
