import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { migrateUp } from '@slipway/database'
import { createObservability } from '@slipway/observability'
import { connect } from 'amqplib'
import pg from 'pg'
import { messagingMigrations } from '../src/migrations.ts'
import { createEffects } from '../src/testing/effects.ts'
import { testSettings } from '../src/testing/settings.ts'
import type { BrokerSettings } from '../src/variables.ts'
import { amqpUrl, postgresUrl } from './config.ts'

export const connections = 10

/** A service's database, one for events, and names of its own on RabbitMQ; `close` removes them. */
export async function openBench() {
  const name = `bench_${randomBytes(4).toString('hex')}`
  const prefix = `${name.replace('_', '-')}-`
  const databases = [name, `${name}_events`]
  for (const database of databases) await asAdmin(`CREATE DATABASE ${database}`)
  const [url = '', eventsUrl = ''] = databases.map(
    (database) => Object.assign(new URL(postgresUrl), { pathname: database }).href,
  )
  await migrateUp(url, [messagingMigrations])
  const pool = new pg.Pool({ connectionString: url, max: connections })
  pool.on('error', () => {}) // databases go while connections say goodbye
  await pool.query(createEffects)
  const settings = (transport: 'RabbitMQ' | 'PostgreSQL', more: Partial<BrokerSettings> = {}): BrokerSettings =>
    testSettings({
      ...(transport === 'RabbitMQ' ? { AMQP_URL: amqpUrl, AMQP_PREFIX: prefix } : { EVENTS_DATABASE_URL: eventsUrl }),
      JOB_CONCURRENCY: connections,
      ...more,
    })
  return {
    url,
    pool,
    prefix,
    settings,
    async close(queues: readonly string[] = []) {
      await pool.end()
      for (const database of databases) await asAdmin(`DROP DATABASE ${database} WITH (FORCE)`)
      const connection = await connect(amqpUrl)
      const channel = await connection.createChannel()
      for (const queue of queues) await channel.deleteQueue(prefix + queue)
      for (const tier of [800, 1000, 1200]) await channel.deleteQueue(`${prefix}bench.retry.${tier}ms`)
      for (const tier of [800, 1000, 1200]) await channel.deleteExchange(`${prefix}bench.retry.${tier}ms`)
      await channel.deleteExchange(`${prefix}events`)
      await connection.close()
    },
  }
}

/** As in production, with lines that go nowhere. */
export const quietObservability = () =>
  createObservability({
    service: 'bench',
    version: '0.0.0',
    settings: { LOG_LEVEL: 'info', LOG_FORMAT: 'json', LOG_BODIES_RATIO: 0, OTEL_TRACES_SAMPLER_ARG: 1 },
    destination: { write: () => {} },
  })

/** Looks every few milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(5)
}

export async function countOf(pool: pg.Pool, rows: string): Promise<number> {
  return (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${rows}`)).rows[0]?.n ?? 0
}

/** Share `at` (0 to 1) of the values is not above it. */
export const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * at))] ??
  Number.NaN

export function report(name: string, value: string, wanted = ''): void {
  console.log(`${name.padEnd(52)} ${value.padStart(12)}  ${wanted && `wanted: ${wanted}`}`)
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
