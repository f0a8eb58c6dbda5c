-- AlterTable
ALTER TABLE "client_secrets" ADD COLUMN     "from_settings" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "clients" (
    "id" TEXT NOT NULL,
    "audiences" TEXT[],
    "permissions" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

-- What they may do is said at the next start.
INSERT INTO "clients" ("id", "audiences", "permissions", "created_at")
SELECT "client_id", '{}', '{}', min("created_at") FROM "client_secrets" GROUP BY "client_id";

-- AddForeignKey
ALTER TABLE "client_secrets" ADD CONSTRAINT "client_secrets_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- What the schema language cannot say.
ALTER TABLE "clients"
  ADD CONSTRAINT "clients_lists_are_lists" CHECK ("audiences" IS NOT NULL AND "permissions" IS NOT NULL);
