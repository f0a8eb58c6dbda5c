-- CreateTable
CREATE TABLE "products" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "price_amount" BIGINT NOT NULL,
    "price_currency" CHAR(3) NOT NULL,
    "available" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "payment_id" UUID,
    "total_amount" BIGINT,
    "ended_payments" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart_lines" (
    "cart_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "quantity" SMALLINT NOT NULL,
    "title" TEXT,
    "unit_price_amount" BIGINT,

    CONSTRAINT "cart_lines_pkey" PRIMARY KEY ("cart_id","product_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "carts_payment_id_key" ON "carts"("payment_id");

-- AddForeignKey
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "carts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- One cart per user is not paid yet: of two first uses at once only one makes it.
CREATE UNIQUE INDEX "carts_current_key" ON "carts"("user_id") WHERE "status" <> 'paid';

ALTER TABLE "products"
    ADD CONSTRAINT "products_price_amount_check" CHECK ("price_amount" > 0),
    ADD CONSTRAINT "products_price_currency_check" CHECK ("price_currency" ~ '^[A-Z]{3}$');

ALTER TABLE "carts"
    ADD CONSTRAINT "carts_status_check" CHECK ("status" IN ('open', 'locked', 'paid')),
    ADD CONSTRAINT "carts_version_check" CHECK ("version" > 0),
    ADD CONSTRAINT "carts_currency_check" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "carts_payment_id_check" CHECK (("status" = 'open') = ("payment_id" IS NULL)),
    ADD CONSTRAINT "carts_total_amount_check" CHECK (
        ("status" = 'open') = ("total_amount" IS NULL) AND "total_amount" > 0
    );

ALTER TABLE "cart_lines"
    ADD CONSTRAINT "cart_lines_quantity_check" CHECK ("quantity" BETWEEN 1 AND 99),
    ADD CONSTRAINT "cart_lines_frozen_check" CHECK (("title" IS NULL) = ("unit_price_amount" IS NULL));
