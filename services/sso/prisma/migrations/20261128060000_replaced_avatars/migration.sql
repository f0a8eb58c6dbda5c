ALTER TABLE "user_avatars" ADD COLUMN "replaced" BOOLEAN NOT NULL DEFAULT false;

UPDATE "user_avatars" AS old SET "replaced" = true
WHERE "ready" AND EXISTS (
    SELECT FROM "user_avatars" AS newer
    WHERE newer."user_id" = old."user_id" AND newer."file_id" > old."file_id" AND newer."ready"
);

CREATE INDEX "user_avatars_replaced_idx" ON "user_avatars"("file_id") WHERE "replaced";
