-- AlterTable
ALTER TABLE "pages" ADD COLUMN     "capture" TEXT NOT NULL DEFAULT 'automatic',
ADD COLUMN     "captured" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "disputed" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "charges" ADD COLUMN     "charge_back_id" UUID,
ADD COLUMN     "charged_back" BIGINT,
ADD COLUMN     "charged_back_at" TIMESTAMPTZ(3),
ADD COLUMN     "fee" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "charges_created_at_idx" ON "charges"("created_at");

-- CreateIndex
CREATE INDEX "charges_charged_back_at_idx" ON "charges"("charged_back_at");

-- CreateIndex
CREATE INDEX "refunds_created_at_idx" ON "refunds"("created_at");

-- Until now whatever was paid was taken whole
UPDATE "pages" SET "captured" = "amount" WHERE "status" IN ('paid', 'charged_back');

-- What must hold whatever the code does
ALTER TABLE "pages"
    DROP CONSTRAINT "pages_refunded_within_amount",
    DROP CONSTRAINT "pages_status_known",
    ADD CONSTRAINT "pages_captured_within_amount" CHECK ("captured" BETWEEN 0 AND "amount"),
    ADD CONSTRAINT "pages_refunded_within_captured" CHECK ("refunded" BETWEEN 0 AND "captured"),
    ADD CONSTRAINT "pages_capture_known" CHECK ("capture" IN ('automatic', 'manual')),
    ADD CONSTRAINT "pages_status_known" CHECK ("status" IN ('open', 'requires_confirmation', 'authorized', 'paid', 'declined', 'canceled', 'charged_back'));
ALTER TABLE "charges"
    ADD CONSTRAINT "charges_fee_within_amount" CHECK ("fee" BETWEEN 0 AND "amount"),
    ADD CONSTRAINT "charges_charged_back_within_amount" CHECK ("charged_back" BETWEEN 1 AND "amount"),
    ADD CONSTRAINT "charges_charge_back_whole" CHECK (("charged_back" IS NULL) = ("charged_back_at" IS NULL) AND ("charged_back" IS NULL) = ("charge_back_id" IS NULL));
