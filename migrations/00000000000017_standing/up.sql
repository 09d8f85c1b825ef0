-- Alerts are looked for while they stand. An index of those alone stays small, and an alert that ends writes no
-- entry into it.
DROP INDEX alerts_by_account;
CREATE INDEX alerts_by_account ON alerts (account_id) WHERE ended_at IS NULL;
DROP INDEX alerts_unanswered;
CREATE INDEX alerts_unanswered ON alerts (acknowledge_by) WHERE acknowledge_by IS NOT NULL AND ended_at IS NULL;
