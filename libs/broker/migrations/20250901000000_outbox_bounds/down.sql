DROP INDEX messaging.outbox_unroutable;
ALTER TABLE messaging.outbox DROP COLUMN unroutable_since;
ALTER TABLE messaging.outbox DROP COLUMN bytes;
