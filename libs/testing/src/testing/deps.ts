import { createOutbox, type EmitOptions, type NewEvent } from '@slipway/broker'
import { CartClient } from '@slipway/contracts/cart'
import { TransactionPool, type Sql } from '@slipway/database'
import { clientOptions, ServiceTokens } from '@slipway/s2s'
import type { Platform } from '@slipway/service-kit'
import type { KioskSettings } from './kiosk.ts'

export interface Tx {
  sql: Sql
  emit(event: NewEvent, options?: EmitOptions): Promise<void>
}

export type Deps = ReturnType<typeof buildDeps>

/** A service's usual dependencies, but plain SQL instead of a generated Prisma client. */
export function buildDeps(platform: Platform<KioskSettings>) {
  const { settings, observability, clock, newId, dispatcher } = platform
  const { createPool = (config) => new TransactionPool(config) } = platform
  const pool = createPool({ connectionString: settings.DATABASE_URL, max: settings.DATABASE_POOL_SIZE })
  pool.on('error', (error) => observability.logger.warn({ err: error }, 'an idle database connection broke'))
  const sql = pool as Sql
  const outbox = createOutbox({ source: 'kiosk', now: () => clock.now(), newId })
  const calls = { ...clientOptions(settings), observability, dispatcher, retries: 0 }
  const tokens = new ServiceTokens({
    ...calls,
    ssoUrl: settings.SSO_URL,
    clientId: 'kiosk',
    clientSecret: settings.CLIENT_SECRET,
    clock,
  })

  async function transaction<T>(work: (tx: Tx, connection: Sql) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    const connection = client as Sql
    try {
      await client.query('BEGIN')
      const result = await work(
        { sql: connection, emit: (...emitted) => outbox.emit(connection, ...emitted) },
        connection,
      )
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
    newId,
    transaction,
    cart: new CartClient({ ...calls, name: 'cart', baseUrl: settings.CART_URL, tokens }),
    database: {
      sql,
      directUrl: settings.DATABASE_URL,
      ping: async () => void (await sql.query('SELECT 1')),
      close: () => pool.end(),
    },
  }
}
