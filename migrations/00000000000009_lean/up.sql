-- Every message and every alert writes each index of its table: only what is asked for is kept.
DROP INDEX outbox_by_message_id;
DROP INDEX outbox_by_submission;
DROP INDEX outbox_by_letter;
DROP INDEX alerts_unanswered;
CREATE INDEX outbox_by_submission ON outbox (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX outbox_by_letter ON outbox (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX outbox_by_provider ON outbox (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX alerts_unanswered ON alerts (acknowledge_by) WHERE acknowledge_by IS NOT NULL;
