ALTER TABLE "user_avatars" DROP COLUMN "replaced";
