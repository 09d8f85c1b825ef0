DROP INDEX alerts_by_account;
CREATE INDEX alerts_by_account ON alerts (account_id, ended_at);
DROP INDEX alerts_unanswered;
CREATE INDEX alerts_unanswered ON alerts (acknowledge_by) WHERE acknowledge_by IS NOT NULL;
