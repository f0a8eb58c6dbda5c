import { Secret } from '@slipway/config'
import { Type, type Static, type TObject } from 'typebox'

/** Settings of every service with a database. */
export const databaseVariables = {
  DATABASE_URL: Secret({
    description: 'PostgreSQL address of the service’s own database; a transaction pooler may sit here',
  }),
  DIRECT_DATABASE_URL: Type.Optional(
    Secret({ description: 'PostgreSQL address without a pooler, for LISTEN and locks; DATABASE_URL when absent' }),
  ),
  DATABASE_POOL_SIZE: Type.Integer({ minimum: 1, default: 10, description: 'Connections at most' }),
  DATABASE_CONNECT_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 5_000, description: 'Wait for a connection' }),
  DATABASE_TRANSACTION_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 10_000, description: 'Longest transaction' }),
}

export type DatabaseSettings = Static<TObject<typeof databaseVariables>>
