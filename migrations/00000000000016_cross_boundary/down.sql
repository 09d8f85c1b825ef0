ALTER TABLE filings DROP COLUMN cross_boundary;
