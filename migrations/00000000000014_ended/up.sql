-- What finds the files that ended of late leaves the open ones out: each step of an open file writes an entry of
-- every index that knows it.
DROP INDEX dossiers_due;
CREATE INDEX dossiers_ended ON dossiers (closed_at) WHERE closed_at IS NOT NULL;
