CREATE TABLE messaging.outbox (
  position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           uuid NOT NULL,
  type         text NOT NULL,
  -- json, not jsonb: what was emitted goes out unchanged, and \u0000 in a text is allowed
  event        json NOT NULL,
  state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'unroutable', 'published')),
  due_at       timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz,
  attempts     integer NOT NULL DEFAULT 0,
  emitted_at   timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Holds only what is still to be published, in the order of its turn: taking a batch costs the same at any backlog.
-- leased_until is in no index, so a lease updates the row in place (hence the fillfactor).
CREATE INDEX outbox_due ON messaging.outbox (due_at, position) WHERE state <> 'published';
CREATE INDEX outbox_published ON messaging.outbox (published_at) WHERE state = 'published';

CREATE TABLE messaging.inbox (
  event_id     uuid NOT NULL,
  job          text NOT NULL,
  processed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (event_id, job)
);
CREATE INDEX inbox_processed ON messaging.inbox (processed_at);

CREATE TABLE messaging.periodic_job (
  name         text PRIMARY KEY,
  tick         timestamptz NOT NULL,
  run          uuid NOT NULL,
  leased_until timestamptz,
  started_at   timestamptz NOT NULL,
  finished_at  timestamptz,
  error        text
);
