DROP INDEX outbox_by_submission;
DROP INDEX outbox_by_letter;
DROP INDEX outbox_by_provider;
DROP INDEX alerts_unanswered;
CREATE INDEX outbox_by_submission ON outbox (submission_id);
CREATE INDEX outbox_by_letter ON outbox (letter_id);
CREATE INDEX outbox_by_message_id ON outbox (message_id);
CREATE INDEX alerts_unanswered ON alerts (acknowledge_by);
