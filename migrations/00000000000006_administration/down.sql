DROP TABLE import_rejections;
DROP TABLE imports;
DROP INDEX journal_by_kind;
DROP INDEX journal_by_actor;
DROP INDEX sessions_by_account;
DROP INDEX sessions_by_csrf;
ALTER TABLE api_tokens DROP COLUMN last_used_at;
ALTER TABLE accounts DROP COLUMN must_change;
