CREATE TABLE orders (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  cart_id uuid NOT NULL UNIQUE,
  amount bigint NOT NULL,
  placed_at timestamptz(3) NOT NULL,
  paid boolean NOT NULL DEFAULT false
);
