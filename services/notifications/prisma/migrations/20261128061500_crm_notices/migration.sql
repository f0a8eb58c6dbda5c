-- CreateTable
CREATE TABLE "crm_notices" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "attempts" SMALLINT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "crm_notices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "crm_notices_due_at_idx" ON "crm_notices"("due_at");

-- CreateIndex
CREATE INDEX "crm_notices_user_id_idx" ON "crm_notices"("user_id");
