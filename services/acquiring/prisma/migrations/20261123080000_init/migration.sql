-- CreateTable
CREATE TABLE "payments" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "cart_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_id" TEXT,
    "url" TEXT,
    "return_url" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "ending" TEXT,
    "failure_code" TEXT,
    "mismatched" BOOLEAN NOT NULL DEFAULT false,
    "provider_sequence" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "next_check_at" TIMESTAMPTZ(3),
    "checks" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_history" (
    "payment_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_history_pkey" PRIMARY KEY ("payment_id","version")
);

-- CreateTable
CREATE TABLE "checkouts" (
    "payment_id" UUID NOT NULL,
    "cart_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "releasing" BOOLEAN NOT NULL DEFAULT false,
    "release_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkouts_pkey" PRIMARY KEY ("payment_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "caller_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" CHAR(64) NOT NULL,
    "resource_id" UUID,
    "attempt_id" UUID NOT NULL,
    "leased_until" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "body" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("caller_id","key")
);

-- CreateTable
CREATE TABLE "provider_events" (
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payment_id" UUID,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_events_pkey" PRIMARY KEY ("provider","event_id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "provider_id" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "ledger_transactions" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payment_id" UUID NOT NULL,
    "refund_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "written_in" xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT "ledger_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "transaction_id" UUID NOT NULL,
    "line" SMALLINT NOT NULL,
    "account_code" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("transaction_id","line")
);

-- CreateIndex
CREATE INDEX "payments_user_id_id_idx" ON "payments"("user_id", "id");

-- CreateIndex
CREATE INDEX "payments_cart_id_idx" ON "payments"("cart_id");

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_provider_id_key" ON "payments"("provider", "provider_id");

-- CreateIndex
CREATE INDEX "checkouts_release_at_idx" ON "checkouts"("release_at");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "provider_events_payment_id_idx" ON "provider_events"("payment_id");

-- CreateIndex
CREATE INDEX "refunds_payment_id_id_idx" ON "refunds"("payment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_reference_key" ON "ledger_transactions"("reference");

-- CreateIndex
CREATE INDEX "ledger_transactions_payment_id_idx" ON "ledger_transactions"("payment_id");

-- CreateIndex
CREATE INDEX "ledger_transactions_refund_id_idx" ON "ledger_transactions"("refund_id");

-- CreateIndex
CREATE INDEX "ledger_entries_account_code_currency_idx" ON "ledger_entries"("account_code", "currency");

-- AddForeignKey
ALTER TABLE "payment_history" ADD CONSTRAINT "payment_history_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_events" ADD CONSTRAINT "provider_events_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refunds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_code_fkey" FOREIGN KEY ("account_code") REFERENCES "ledger_accounts"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Beyond Prisma: what must hold whatever the code does

ALTER TABLE "payments"
    ADD CONSTRAINT "payments_status_check" CHECK ("status" IN ('created', 'requires_action', 'authorized', 'captured', 'partially_refunded', 'refunded', 'charged_back', 'failed', 'canceled', 'expired', 'unknown')),
    ADD CONSTRAINT "payments_ending_check" CHECK ("ending" IN ('canceled', 'expired')),
    ADD CONSTRAINT "payments_amount_check" CHECK ("amount" > 0 AND "captured" BETWEEN 0 AND "amount" AND "refunded" BETWEEN 0 AND "captured");

ALTER TABLE "refunds"
    ADD CONSTRAINT "refunds_status_check" CHECK ("status" IN ('pending', 'succeeded', 'failed')),
    ADD CONSTRAINT "refunds_amount_check" CHECK ("amount" > 0);

ALTER TABLE "idempotency_keys"
    ADD CONSTRAINT "idempotency_keys_answer_check" CHECK (("status" IS NULL) = ("body" IS NULL));

ALTER TABLE "ledger_accounts"
    ADD CONSTRAINT "ledger_accounts_kind_check" CHECK ("kind" IN ('asset', 'liability', 'expense', 'revenue'));

ALTER TABLE "ledger_entries"
    ADD CONSTRAINT "ledger_entries_amount_check" CHECK ("amount" <> 0);

-- one open payment for a cart
CREATE UNIQUE INDEX "payments_open_cart_key" ON "payments"("cart_id") WHERE "status" IN ('created', 'requires_action', 'authorized', 'unknown');

CREATE INDEX "payments_next_check_at_idx" ON "payments"("next_check_at") WHERE "next_check_at" IS NOT NULL;

CREATE INDEX "refunds_next_attempt_at_idx" ON "refunds"("next_attempt_at") WHERE "next_attempt_at" IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "payment_history_written_once" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payment_history" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_transactions_written_once" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transactions" EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_entries_written_once" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entries" EXECUTE FUNCTION refuse_change();

-- judged at the commit, when the whole transaction is there
CREATE FUNCTION check_ledger_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written xid8;
    entries bigint;
    unbalanced text;
    transaction uuid;
BEGIN
    IF TG_TABLE_NAME = 'ledger_entries' THEN transaction := NEW.transaction_id; ELSE transaction := NEW.id; END IF;

    SELECT written_in INTO written FROM ledger_transactions WHERE id = transaction;
    IF written <> pg_current_xact_id() THEN
        RAISE EXCEPTION 'ledger transaction % is closed: no entry joins it', transaction USING ERRCODE = 'restrict_violation';
    END IF;

    SELECT count(*) INTO entries FROM ledger_entries WHERE transaction_id = transaction;
    IF entries < 2 THEN
        RAISE EXCEPTION 'ledger transaction % has % entries, not two or more', transaction, entries USING ERRCODE = 'check_violation';
    END IF;

    SELECT currency INTO unbalanced FROM ledger_entries WHERE transaction_id = transaction
    GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger transaction % does not sum to zero in %', transaction, unbalanced USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_transactions_balanced" AFTER INSERT ON "ledger_transactions" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_transaction();
CREATE CONSTRAINT TRIGGER "ledger_entries_balanced" AFTER INSERT ON "ledger_entries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_transaction();
