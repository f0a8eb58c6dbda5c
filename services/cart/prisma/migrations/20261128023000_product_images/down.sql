-- DropTable
DROP TABLE "product_images";

-- AlterTable
ALTER TABLE "products" DROP COLUMN "image_url";
