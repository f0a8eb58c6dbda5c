-- How much an event weighs on its way to the broker: a relay takes no more at once than it may hold.
ALTER TABLE messaging.outbox ADD COLUMN bytes integer NOT NULL DEFAULT 0;

-- Since when nobody is bound to its type. Such events are kept for a while, not for ever.
ALTER TABLE messaging.outbox ADD COLUMN unroutable_since timestamptz;
UPDATE messaging.outbox SET unroutable_since = now() WHERE state = 'unroutable';
CREATE INDEX outbox_unroutable ON messaging.outbox (unroutable_since) WHERE state = 'unroutable';
