DROP INDEX journal_belated;
DROP TABLE closed_periods;
