-- DropTable
DROP TABLE "files";

-- DropTable
DROP TABLE "usages";

-- DropTable
DROP TABLE "doomed_objects";

-- DropTable
DROP TABLE "rounds";
