import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { PostgresTransport } from '../transport/postgres/postgres-transport.ts'
import { RabbitTransport } from '../transport/rabbit/rabbit-transport.ts'
import { Tiers } from '../transport/rabbit/tiers.ts'
import type { Transport } from '../transport/transport.ts'
import type { BrokerSettings } from '../variables.ts'
import { testObservability } from './observability.ts'
import { openOperator } from './operator.ts'
import { Proxy } from './proxy.ts'
import { scratchDatabase } from './scratch-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    amqpUrl: string
  }
}

/** One real message broker, for one test file. */
export interface Engine {
  readonly url: string
  /** The transport of one process; through a proxy when given its address. */
  open(url?: string): Transport
  /** What a service is told to use it. */
  settings(url?: string): Partial<BrokerSettings>
  proxy(): Promise<{ proxy: Proxy; url: string }>
  /** Events in these queues that have not ended yet. */
  waiting(queues: readonly string[]): Promise<number>
  /** Removes all that the test declared in these queues' names. */
  remove(queues: readonly string[]): Promise<void>
}

export const testDelaysMs = [50, 400]

export const amqpUrl = () => inject('amqpUrl')

/** For `describe.each`: a name, how to open it, whether it is there. */
export const engines: [string, () => Promise<Engine>, boolean][] = [
  ['RabbitMQ', rabbitEngine, amqpUrl() !== ''],
  ['PostgreSQL', postgresEngine, true],
]

if (!amqpUrl()) console.warn('TEST_AMQP_URL is not set: tests run on the PostgreSQL transport only')

export async function postgresEngine(): Promise<Engine> {
  const { url, drop } = await scratchDatabase('empty')
  return {
    url,
    open: (through = url) => new PostgresTransport({ url: through, logger: testObservability().logger }),
    settings: (through = url) => ({ EVENTS_DATABASE_URL: through }),
    proxy: () => Proxy.before(url, 5432),
    waiting: (queues) => waitingInPostgres(url, queues),
    remove: drop,
  }
}

export async function rabbitEngine(): Promise<Engine> {
  const url = amqpUrl()
  const prefix = `test-${randomBytes(6).toString('hex')}-`
  return {
    url,
    open(through = url) {
      const { logger } = testObservability()
      return new RabbitTransport({ url: through, name: 'test', prefix, retryDelaysMs: testDelaysMs, logger })
    },
    settings: (through = url) => ({ AMQP_URL: through, AMQP_PREFIX: prefix }),
    proxy: () => Proxy.before(url, 5672),
    waiting: (queues) => waitingInRabbit(url, prefix, queues),
    remove: (queues) => removeTopology(url, prefix, queues),
  }
}

async function removeTopology(url: string, prefix: string, queues: readonly string[]) {
  await using operator = await openOperator(url)
  const { channel } = operator
  const services = new Set(queues.map((queue) => queue.split('.')[0]))
  const tiers = [...services].flatMap((service) => new Tiers(testDelaysMs).all.map((ms) => `${service}.retry.${ms}ms`))
  for (const name of [...queues.flatMap((queue) => [queue, `${queue}.dead`]), ...tiers])
    await channel.deleteQueue(prefix + name)
  for (const name of [...tiers, 'events']) await channel.deleteExchange(prefix + name)
}

async function waitingInPostgres(url: string, queues: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pgboss.job
       WHERE name = ANY ($1) AND state IN ('created', 'retry', 'active')`,
      [queues],
    )
    return rows[0]?.count ?? 0
  } finally {
    await client.end()
  }
}

/** Those in hand are counted only once they are given back. */
async function waitingInRabbit(url: string, prefix: string, queues: readonly string[]): Promise<number> {
  await using operator = await openOperator(url)
  const { channel } = operator
  const services = new Set(queues.map((queue) => queue.split('.')[0]))
  const tiers = [...services].flatMap((service) => new Tiers(testDelaysMs).all.map((ms) => `${service}.retry.${ms}ms`))
  let count = 0
  for (const name of [...queues, ...tiers]) count += (await channel.checkQueue(prefix + name)).messageCount
  return count
}
