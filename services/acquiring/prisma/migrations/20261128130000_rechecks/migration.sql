-- CreateTable
CREATE TABLE "rechecks" (
    "payment_id" UUID NOT NULL,
    "token" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rechecks_pkey" PRIMARY KEY ("payment_id")
);

-- CreateIndex
CREATE INDEX "rechecks_due_at_idx" ON "rechecks"("due_at");

-- AddForeignKey
ALTER TABLE "rechecks" ADD CONSTRAINT "rechecks_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the older code was told of and may have asked about in vain
INSERT INTO "rechecks" ("payment_id", "token", "due_at")
SELECT "id", gen_random_uuid(), now() FROM "payments"
WHERE "id" IN (SELECT "payment_id" FROM "reconciliation_differences" WHERE "kind" = 'extra');
