import type { MigrationSet } from '@slipway/database'

/** Outbox, inbox and periodic jobs, in a PostgreSQL schema of their own beside the service's tables. */
export const messagingMigrations: MigrationSet = {
  schema: 'messaging',
  folder: new URL('../migrations/', import.meta.url),
}
