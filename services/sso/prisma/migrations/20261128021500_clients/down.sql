-- Before, only the secrets in the settings counted.
DELETE FROM "client_secrets" WHERE NOT "from_settings";
ALTER TABLE "client_secrets" DROP CONSTRAINT "client_secrets_client_id_fkey";
DROP TABLE "clients";
ALTER TABLE "client_secrets" DROP COLUMN "from_settings";
