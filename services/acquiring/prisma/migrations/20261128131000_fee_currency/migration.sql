-- AlterTable
ALTER TABLE "settlement_lines" ADD COLUMN "fee_currency" CHAR(3);

-- The ledger has had it right
UPDATE "settlement_lines" AS line SET "fee_currency" = entry."currency"
FROM "ledger_transactions" AS booked
JOIN "ledger_entries" AS entry ON entry."transaction_id" = booked."id" AND entry."account_code" = 'fees'
WHERE booked."reference" = 'fee:' || line."provider" || ':' || line."line_id";
