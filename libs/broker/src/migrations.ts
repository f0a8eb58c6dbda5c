import type { MigrationSet } from '@slipway/database'

/** Outbox, inbox and periodic jobs, in a PostgreSQL schema of their own beside the service's tables. */
export const messagingMigrations: MigrationSet = {
  schema: 'messaging',
  folder: new URL('../migrations/', import.meta.url),
  rows: {
    // nobody is bound to the type of the second: its week begins now
    '20250901000000_outbox_bounds': {
      before: `
        INSERT INTO outbox (id, type, event, state) VALUES
          ('01980000-0000-7000-9000-000000000001', 'cart.paid', '{}', 'waiting'),
          ('01980000-0000-7000-9000-000000000002', 'cart.paid', '{}', 'unroutable'),
          ('01980000-0000-7000-9000-000000000003', 'cart.paid', '{}', 'published')`,
      up: {
        query: `SELECT state, bytes, unroutable_since <= now() AS since FROM outbox ORDER BY position`,
        rows: [
          { state: 'waiting', bytes: 0, since: null },
          { state: 'unroutable', bytes: 0, since: true },
          { state: 'published', bytes: 0, since: null },
        ],
      },
      down: {
        query: 'SELECT state FROM outbox ORDER BY position',
        rows: [{ state: 'waiting' }, { state: 'unroutable' }, { state: 'published' }],
      },
    },
  },
}
