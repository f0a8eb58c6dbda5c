-- CreateTable
CREATE TABLE "recipients" (
    "user_id" UUID NOT NULL,
    "email" TEXT,
    "told_at" TIMESTAMPTZ(3),
    "receipts" TEXT[],
    "phone" TEXT,
    "push_token" TEXT,

    CONSTRAINT "recipients_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "data" JSONB,
    "status" TEXT NOT NULL,
    "attempts" SMALLINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppressed_addresses" (
    "address" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppressed_addresses_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "mailbox_mails" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailbox_mails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "messages_event_id_template_channel_key" ON "messages"("event_id", "template", "channel");

-- CreateIndex
CREATE INDEX "messages_address_created_at_idx" ON "messages"("address", "created_at");

-- CreateIndex
CREATE INDEX "messages_user_id_idx" ON "messages"("user_id");

-- CreateIndex
CREATE INDEX "mailbox_mails_to_sent_at_idx" ON "mailbox_mails"("to", "sent_at");

-- What Prisma's schema cannot say.

-- The sender looks for these every second.
CREATE INDEX "messages_due_at_idx" ON "messages"("due_at") WHERE "status" = 'waiting';

ALTER TABLE "messages"
    ADD CONSTRAINT "messages_status_check" CHECK (
        "status" IN ('waiting', 'sent', 'failed', 'bounced', 'limited', 'suppressed', 'expired')
    ),
    ADD CONSTRAINT "messages_data_check" CHECK ("status" = 'waiting' OR "data" IS NULL);
