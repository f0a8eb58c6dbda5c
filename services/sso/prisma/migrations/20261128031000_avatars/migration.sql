-- AlterTable
ALTER TABLE "users" ADD COLUMN "avatar_file_id" UUID;

-- CreateTable
CREATE TABLE "user_avatars" (
    "file_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "ready" BOOLEAN NOT NULL,

    CONSTRAINT "user_avatars_pkey" PRIMARY KEY ("file_id")
);

-- CreateIndex
CREATE INDEX "user_avatars_user_id_file_id_idx" ON "user_avatars"("user_id", "file_id");

-- AddForeignKey
ALTER TABLE "user_avatars" ADD CONSTRAINT "user_avatars_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
