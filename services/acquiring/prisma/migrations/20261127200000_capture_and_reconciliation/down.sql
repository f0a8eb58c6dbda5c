DROP INDEX "payments_unknown_idx";
DROP TABLE "reconciliation_differences";
DROP TABLE "settlement_lines";
DROP TABLE "reconciliations";
ALTER TABLE "ledger_transactions" DROP CONSTRAINT "ledger_transactions_payment_check";
DROP INDEX "ledger_transactions_at_idx";
-- the older code knows no fees; once it is gone again, settlements are fetched anew and book them anew
ALTER TABLE "ledger_entries" DISABLE TRIGGER "ledger_entries_written_once";
ALTER TABLE "ledger_transactions" DISABLE TRIGGER "ledger_transactions_written_once";
DELETE FROM "ledger_entries" WHERE "transaction_id" IN (SELECT "id" FROM "ledger_transactions" WHERE "kind" = 'fee');
DELETE FROM "ledger_transactions" WHERE "kind" = 'fee';
ALTER TABLE "ledger_entries" ENABLE TRIGGER "ledger_entries_written_once";
ALTER TABLE "ledger_transactions" ENABLE TRIGGER "ledger_transactions_written_once";
ALTER TABLE "ledger_transactions" ALTER COLUMN "payment_id" SET NOT NULL;
DROP INDEX "payments_provider_charge_id_key";
ALTER TABLE "payments"
    DROP CONSTRAINT "payments_decision_check",
    DROP CONSTRAINT "payments_capturing_check",
    DROP CONSTRAINT "payments_capture_mode_check",
    DROP COLUMN "charge_id",
    DROP COLUMN "capturing",
    DROP COLUMN "capture_mode",
    DROP COLUMN "authorized_until";
