-- the older code asks about them once
UPDATE "payments" SET "next_check_at" = now() WHERE "id" IN (SELECT "payment_id" FROM "rechecks");
DROP TABLE "rechecks";
