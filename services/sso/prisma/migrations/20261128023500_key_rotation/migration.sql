-- AlterTable
ALTER TABLE "signing_keys" ADD COLUMN     "activated_at" TIMESTAMPTZ(3),
ADD COLUMN     "published_until" TIMESTAMPTZ(3);

UPDATE "signing_keys" SET "activated_at" = "created_at" WHERE "state" = 'current';
