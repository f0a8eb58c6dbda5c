-- CreateTable
CREATE TABLE "pages" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "return_url" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "decline_code" TEXT,
    "card_brand" TEXT,
    "card_last4" CHAR(4),
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "faults" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "charges" (
    "id" UUID NOT NULL,
    "page_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "charge_back_due_at" TIMESTAMPTZ(3),

    CONSTRAINT "charges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" UUID NOT NULL,
    "page_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "page_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "traceparent" TEXT,
    "ordered" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "copies" INTEGER NOT NULL DEFAULT 1,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pages_reference_key" ON "pages"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "pages_idempotency_key_key" ON "pages"("idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "charges_page_id_key" ON "charges"("page_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_idempotency_key_key" ON "refunds"("idempotency_key");

-- CreateIndex
CREATE INDEX "refunds_page_id_idx" ON "refunds"("page_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhooks_page_id_sequence_key" ON "webhooks"("page_id", "sequence");

-- AddForeignKey
ALTER TABLE "charges" ADD CONSTRAINT "charges_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "pages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "pages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "pages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must hold whatever the code does
ALTER TABLE "pages"
    ADD CONSTRAINT "pages_amount_positive" CHECK ("amount" > 0),
    ADD CONSTRAINT "pages_refunded_within_amount" CHECK ("refunded" BETWEEN 0 AND "amount"),
    ADD CONSTRAINT "pages_status_known" CHECK ("status" IN ('open', 'requires_confirmation', 'paid', 'declined', 'canceled', 'charged_back'));
ALTER TABLE "charges" ADD CONSTRAINT "charges_amount_positive" CHECK ("amount" > 0);
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_amount_positive" CHECK ("amount" > 0);
ALTER TABLE "webhooks"
    ADD CONSTRAINT "webhooks_state_known" CHECK ("state" IN ('pending', 'delivered', 'suppressed', 'abandoned')),
    ADD CONSTRAINT "webhooks_sequence_positive" CHECK ("sequence" > 0);

-- What the periodic jobs look for, and nothing else
CREATE INDEX "webhooks_pending" ON "webhooks"("next_attempt_at") WHERE "state" = 'pending';
CREATE INDEX "charges_charge_back_due" ON "charges"("charge_back_due_at") WHERE "charge_back_due_at" IS NOT NULL;
