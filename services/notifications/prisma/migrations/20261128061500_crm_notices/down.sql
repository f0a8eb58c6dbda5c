-- DropTable
DROP TABLE "crm_notices";
