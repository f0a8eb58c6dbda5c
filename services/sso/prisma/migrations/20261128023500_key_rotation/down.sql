-- Before, every key that was there was published and trusted.
DELETE FROM "signing_keys" WHERE "published_until" <= now();
ALTER TABLE "signing_keys" DROP COLUMN "published_until", DROP COLUMN "activated_at";
