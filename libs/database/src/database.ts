import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import type { Observability } from '@slipway/observability'
import { measurePool } from './pool-metrics.ts'
import type { Sql, Transaction } from './sql.ts'
import { statementNames } from './statement-names.ts'
import { traceStatements } from './statement-spans.ts'
import { TransactionPool } from './transaction-pool.ts'
import type { DatabaseSettings } from './variables.ts'

/** What every generated Prisma client offers and we need. */
interface AnyPrismaClient<TransactionClient> {
  $transaction<T>(
    work: (client: TransactionClient) => Promise<T>,
    options: { maxWait: number; timeout: number },
  ): Promise<T>
  $disconnect(): Promise<void>
}

export interface Database<Client, TransactionClient = Client> {
  readonly prisma: Client
  /** Plain SQL outside transactions, on any connection of the pool. */
  readonly sql: Sql
  /** Address for LISTEN and session locks, past any pooler. */
  readonly directUrl: string
  /** Runs `work` in one transaction, committed when it returns and rolled back when it throws. */
  transaction<T>(work: (tx: Transaction<TransactionClient>) => Promise<T>): Promise<T>
  /** @throws when the database does not answer */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions<Client> {
  settings: DatabaseSettings
  observability: Pick<Observability, 'logger' | 'service' | 'metrics' | 'begin' | 'context'>
  createPrisma: (adapter: PrismaPg) => Client
  /** Where connections come from: for tests. */
  createPool?: CreatePool
}

/** Options of a pool: that a server has vanished without a word is noticed on connections that are silent. */
export const probing = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const

export type CreatePool = (config: pg.PoolConfig) => TransactionPool

/** Opens no connection yet: a service starts while its database is down and says so in its readiness. */
export function createDatabase<TransactionClient, Client extends AnyPrismaClient<TransactionClient>>({
  settings,
  observability,
  createPrisma,
  createPool = (config) => new TransactionPool(config),
}: DatabaseOptions<Client & AnyPrismaClient<TransactionClient>>): Database<Client, TransactionClient> {
  const { logger, service, metrics } = observability
  const pool = createPool({
    connectionString: settings.DATABASE_URL,
    max: settings.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: settings.DATABASE_CONNECT_TIMEOUT_MS,
    application_name: service,
    ...probing,
  })
  traceStatements(pool, observability)
  measurePool(pool, metrics)
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection broke'))
  const prisma = createPrisma(new PrismaPg(pool, { statementNameGenerator: statementNames() }))
  const limits = {
    maxWait: settings.DATABASE_CONNECT_TIMEOUT_MS,
    timeout: settings.DATABASE_TRANSACTION_TIMEOUT_MS,
  }
  const sql = pool as Sql

  return {
    prisma,
    sql,
    directUrl: settings.DIRECT_DATABASE_URL ?? settings.DATABASE_URL,
    transaction: (work) =>
      pool.transaction((connection) =>
        prisma.$transaction(
          (client) => work({ prisma: client, sql: { query: async (...args) => (connection() as Sql).query(...args) } }),
          limits,
        ),
      ),
    async ping() {
      await sql.query('SELECT 1')
    },
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
