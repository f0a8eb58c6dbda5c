ALTER TABLE "signing_keys" DROP COLUMN "published_until", DROP COLUMN "activated_at";
