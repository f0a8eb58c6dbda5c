import { createOutbox, type EmitOptions, type NewEvent } from '@slipway/broker'
import { TransactionPool, type Sql } from '@slipway/database'
import type { BaseSettings, Platform } from '@slipway/service-kit'

export interface Tx {
  readonly sql: Sql
  emit(event: NewEvent, options?: EmitOptions): Promise<void>
}

export type Deps = ReturnType<typeof buildDeps>

/** A service's usual dependencies, but plain SQL instead of a generated Prisma client. */
export function buildDeps({ settings, observability, clock, newId, createPool }: Platform<BaseSettings>) {
  const create = createPool ?? ((config) => new TransactionPool(config))
  const pool = create({ connectionString: settings.DATABASE_URL, max: settings.DATABASE_POOL_SIZE })
  pool.on('error', (error) => observability.logger.warn({ err: error }, 'an idle database connection broke'))
  const sql = pool as Sql
  const outbox = createOutbox({ source: 'warehouse', now: () => clock.now(), newId })

  async function transaction<T>(work: (tx: Tx, connection: Sql) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    const connection = client as Sql
    try {
      await client.query('BEGIN')
      const emit: Tx['emit'] = (event, options) => outbox.emit(connection, event, options)
      const result = await work({ sql: connection, emit }, connection)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  return {
    clock,
    transaction,
    database: {
      sql,
      directUrl: settings.DATABASE_URL,
      ping: async () => void (await sql.query('SELECT 1')),
      close: () => pool.end(),
    },
  }
}
