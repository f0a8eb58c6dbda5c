import { TransactionPool, type CreatePool } from '@slipway/database'
import pg from 'pg'

/** Where a service gets its connections in a test, and every statement that it sent on them. */
export interface Connections {
  readonly createPool: CreatePool
  readonly statements: readonly string[]
}

/** Connections of the usual kind. */
export function recordedPool(): Connections {
  const statements: string[] = []
  class RecordingClient extends pg.Client {
    // pg.Client's own overloads cannot be written down once more
    override query = ((...given: unknown[]) => {
      const [first] = given
      statements.push(typeof first === 'string' ? first : String((first as { text?: string }).text))
      return Reflect.apply(pg.Client.prototype.query, this, given) as unknown
    }) as pg.Client['query']
  }
  return {
    statements,
    createPool: (config) => new TransactionPool({ ...config, Client: RecordingClient } as pg.PoolConfig),
  }
}
