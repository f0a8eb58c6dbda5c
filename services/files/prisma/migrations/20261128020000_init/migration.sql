-- CreateTable
CREATE TABLE "files" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "owner_service" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "sha256" CHAR(64),
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "reserved_until" TIMESTAMPTZ(3) NOT NULL,
    "quarantine_key" TEXT NOT NULL,
    "object_key" TEXT,
    "checks" INTEGER NOT NULL DEFAULT 0,
    "rejection_reason" TEXT,
    "rejection_detail" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usages" (
    "purpose" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "files" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "usages_pkey" PRIMARY KEY ("purpose","kind","holder")
);

-- CreateTable
CREATE TABLE "doomed_objects" (
    "key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "taken" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "doomed_objects_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "rounds" (
    "name" TEXT NOT NULL,
    "cursor" TEXT,
    "report" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "rounds_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "files_quarantine_key_key" ON "files"("quarantine_key");

-- CreateIndex
CREATE UNIQUE INDEX "files_object_key_key" ON "files"("object_key");

-- CreateIndex
CREATE INDEX "files_status_due_at_idx" ON "files"("status", "due_at");

-- CreateIndex
CREATE INDEX "files_purpose_owner_idx" ON "files"("purpose", "owner");

-- CreateIndex
CREATE INDEX "files_purpose_subject_idx" ON "files"("purpose", "subject");

-- CreateIndex
CREATE INDEX "doomed_objects_due_at_idx" ON "doomed_objects"("due_at");


-- What Prisma's schema cannot say.

ALTER TABLE "files"
    ADD CONSTRAINT "files_status_check" CHECK (
        "status" IN ('reserved', 'uploaded', 'checking', 'ready', 'rejected', 'expired')
    ),
    ADD CONSTRAINT "files_size_check" CHECK ("size" >= 0),
    ADD CONSTRAINT "files_version_check" CHECK ("version" > 0),
    ADD CONSTRAINT "files_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "files_object_key_check" CHECK ("status" <> 'ready' OR "object_key" IS NOT NULL),
    ADD CONSTRAINT "files_rejection_check" CHECK (("status" = 'rejected') = ("rejection_reason" IS NOT NULL));

-- Two lists of keys are compared as the object store orders them: by bytes.
CREATE INDEX "files_object_key_bytes_idx" ON "files"("object_key" COLLATE "C") WHERE "status" = 'ready';
CREATE INDEX "files_quarantine_key_bytes_idx" ON "files"("quarantine_key" COLLATE "C")
    WHERE "status" IN ('reserved', 'uploaded', 'checking');

ALTER TABLE "usages"
    ADD CONSTRAINT "usages_kind_check" CHECK ("kind" IN ('owner', 'subject')),
    ADD CONSTRAINT "usages_amounts_check" CHECK ("files" >= 0 AND "bytes" >= 0);
