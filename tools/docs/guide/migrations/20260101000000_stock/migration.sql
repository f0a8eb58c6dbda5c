CREATE TABLE stock (
  product_id uuid PRIMARY KEY,
  quantity   integer NOT NULL,
  -- of the event that this row is from
  version    bigint NOT NULL
);
CREATE TABLE shipment (order_id uuid PRIMARY KEY, address text NOT NULL);
