-- DropForeignKey
ALTER TABLE "cart_lines" DROP CONSTRAINT "cart_lines_cart_id_fkey";

-- DropForeignKey
ALTER TABLE "cart_lines" DROP CONSTRAINT "cart_lines_product_id_fkey";

-- DropTable
DROP TABLE "products";

-- DropTable
DROP TABLE "carts";

-- DropTable
DROP TABLE "cart_lines";
