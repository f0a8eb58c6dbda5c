ALTER TABLE "product_images" DROP COLUMN "replaced";
