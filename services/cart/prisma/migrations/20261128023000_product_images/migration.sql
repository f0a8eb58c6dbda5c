-- AlterTable
ALTER TABLE "products" ADD COLUMN "image_url" TEXT;

-- CreateTable
CREATE TABLE "product_images" (
    "file_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "url" TEXT,

    CONSTRAINT "product_images_pkey" PRIMARY KEY ("file_id")
);

-- CreateIndex
CREATE INDEX "product_images_product_id_file_id_idx" ON "product_images"("product_id", "file_id");

-- AddForeignKey
ALTER TABLE "product_images" ADD CONSTRAINT "product_images_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
