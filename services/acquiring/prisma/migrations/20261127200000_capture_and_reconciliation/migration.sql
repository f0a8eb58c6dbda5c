-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "authorized_until" TIMESTAMPTZ(3),
ADD COLUMN     "capture_mode" TEXT NOT NULL DEFAULT 'automatic',
ADD COLUMN     "capturing" BIGINT,
ADD COLUMN     "charge_id" TEXT;

-- What exists is captured automatically: nothing is ever held
UPDATE "payments" SET "authorized_until" = "expires_at";
ALTER TABLE "payments" ALTER COLUMN "authorized_until" SET NOT NULL;

-- AlterTable
ALTER TABLE "ledger_transactions" ALTER COLUMN "payment_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "reconciliations" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "cursor" TEXT,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settlement_lines" (
    "provider" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "reconciliation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT,
    "amount" BIGINT NOT NULL,
    "fee" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlement_lines_pkey" PRIMARY KEY ("provider","line_id")
);

-- CreateTable
CREATE TABLE "reconciliation_differences" (
    "id" UUID NOT NULL,
    "reconciliation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "payment_id" UUID,
    "expected" BIGINT,
    "expected_currency" CHAR(3),
    "actual" BIGINT,
    "actual_currency" CHAR(3),
    "found_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciliation_differences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_charge_id_key" ON "payments"("provider", "charge_id");

-- CreateIndex
CREATE INDEX "ledger_transactions_at_idx" ON "ledger_transactions"("at");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliations_provider_from_key" ON "reconciliations"("provider", "from");

-- CreateIndex
CREATE INDEX "settlement_lines_reconciliation_id_idx" ON "settlement_lines"("reconciliation_id");

-- CreateIndex
CREATE INDEX "settlement_lines_provider_reference_idx" ON "settlement_lines"("provider", "reference");

-- CreateIndex
CREATE INDEX "reconciliation_differences_reconciliation_id_id_idx" ON "reconciliation_differences"("reconciliation_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_differences_kind_reference_key" ON "reconciliation_differences"("kind", "reference");

-- AddForeignKey
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_reconciliation_id_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "reconciliations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_reconciliation_id_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "reconciliations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Beyond Prisma: what must hold whatever the code does

ALTER TABLE "payments"
    ADD CONSTRAINT "payments_capture_mode_check" CHECK ("capture_mode" IN ('automatic', 'manual')),
    ADD CONSTRAINT "payments_capturing_check" CHECK ("capturing" BETWEEN 1 AND "amount"),
    ADD CONSTRAINT "payments_decision_check" CHECK ("capturing" IS NULL OR "ending" IS NULL);

-- only what a provider keeps may belong to no payment
ALTER TABLE "ledger_transactions"
    ADD CONSTRAINT "ledger_transactions_payment_check" CHECK ("payment_id" IS NOT NULL OR "kind" = 'fee');

ALTER TABLE "reconciliations"
    ADD CONSTRAINT "reconciliations_status_check" CHECK ("status" IN ('running', 'completed')),
    ADD CONSTRAINT "reconciliations_period_check" CHECK ("from" < "to"),
    ADD CONSTRAINT "reconciliations_completed_check" CHECK (("status" = 'completed') = ("completed_at" IS NOT NULL));

ALTER TABLE "reconciliation_differences"
    ADD CONSTRAINT "reconciliation_differences_kind_check" CHECK ("kind" IN ('missing', 'extra', 'amount', 'currency', 'late'));

-- how long payments have been unknown is asked for with every look at the metrics
CREATE INDEX "payments_unknown_idx" ON "payments"("id") WHERE "status" = 'unknown';
