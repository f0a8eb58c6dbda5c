-- DropForeignKey
ALTER TABLE "public"."charges" DROP CONSTRAINT "charges_page_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."refunds" DROP CONSTRAINT "refunds_page_id_fkey";

-- DropForeignKey
ALTER TABLE "public"."webhooks" DROP CONSTRAINT "webhooks_page_id_fkey";

-- DropTable
DROP TABLE "public"."pages";

-- DropTable
DROP TABLE "public"."charges";

-- DropTable
DROP TABLE "public"."refunds";

-- DropTable
DROP TABLE "public"."webhooks";


