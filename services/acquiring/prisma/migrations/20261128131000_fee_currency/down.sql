ALTER TABLE "settlement_lines" DROP COLUMN "fee_currency";
