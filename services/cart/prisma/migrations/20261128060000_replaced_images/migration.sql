ALTER TABLE "product_images" ADD COLUMN "replaced" BOOLEAN NOT NULL DEFAULT false;

UPDATE "product_images" AS old SET "replaced" = true
WHERE "url" IS NOT NULL AND EXISTS (
    SELECT FROM "product_images" AS newer
    WHERE newer."product_id" = old."product_id" AND newer."file_id" > old."file_id" AND newer."url" IS NOT NULL
);

CREATE INDEX "product_images_replaced_idx" ON "product_images"("file_id") WHERE "replaced";
