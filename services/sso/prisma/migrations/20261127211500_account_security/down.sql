DROP TABLE "audit_events";
DROP TABLE "one_time_tokens";
ALTER TABLE "users" DROP COLUMN "password_changed_at";
