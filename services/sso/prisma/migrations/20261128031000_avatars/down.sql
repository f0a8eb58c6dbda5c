-- DropTable
DROP TABLE "user_avatars";

-- AlterTable
ALTER TABLE "users" DROP COLUMN "avatar_file_id";
