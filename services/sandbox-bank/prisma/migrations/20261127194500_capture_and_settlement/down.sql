ALTER TABLE "charges"
    DROP CONSTRAINT "charges_charge_back_whole",
    DROP CONSTRAINT "charges_charged_back_within_amount",
    DROP CONSTRAINT "charges_fee_within_amount";
ALTER TABLE "pages"
    DROP CONSTRAINT "pages_status_known",
    DROP CONSTRAINT "pages_capture_known",
    DROP CONSTRAINT "pages_refunded_within_captured",
    DROP CONSTRAINT "pages_captured_within_amount",
    ADD CONSTRAINT "pages_refunded_within_amount" CHECK ("refunded" BETWEEN 0 AND "amount");
-- the older code knows no authorised page: no money was taken
UPDATE "pages" SET "status" = 'canceled' WHERE "status" = 'authorized';
-- nor one that was captured in part: it would refund the rest as well
UPDATE "pages" SET "amount" = "captured" WHERE "captured" BETWEEN 1 AND "amount" - 1;
ALTER TABLE "pages" ADD CONSTRAINT "pages_status_known" CHECK ("status" IN ('open', 'requires_confirmation', 'paid', 'declined', 'canceled', 'charged_back'));
DROP INDEX "refunds_created_at_idx";
DROP INDEX "charges_charged_back_at_idx";
DROP INDEX "charges_created_at_idx";
ALTER TABLE "charges" DROP COLUMN "charge_back_id", DROP COLUMN "charged_back", DROP COLUMN "charged_back_at", DROP COLUMN "fee";
ALTER TABLE "pages" DROP COLUMN "capture", DROP COLUMN "captured", DROP COLUMN "disputed";
