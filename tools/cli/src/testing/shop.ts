import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  brokerVariables,
  createBroker,
  Job,
  messagingMigrations,
  NonRetryable,
  type Broker,
  type DataOf,
  type Event,
} from '@slipway/broker'
import { readSettings, type Environment } from '@slipway/config'
import { defineEvent } from '@slipway/contracts/primitives'
import { migrateUp } from '@slipway/database'
import { startEmbeddedPostgres } from '@slipway/embedded-postgres'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { connect } from 'amqplib'
import pg from 'pg'
import { Type } from 'typebox'
import { knownQueues } from '../dead/known-queues.ts'

const Ordered = defineEvent('shop.order.placed.v1', Type.Object({ parcels: Type.Integer() }))
const Asked = defineEvent('shop.reset.asked.v1', Type.Object({ email: Type.String(), token: Type.String() }))
type Data = DataOf<typeof Ordered> | DataOf<typeof Asked>
const subject = '0196a3b0-0000-7000-8000-000000000001'

/** A job of this repository where it has any, so that it is looked for. */
export const [service = '', name = ''] = (knownQueues()[0] ?? 'shop.pack').split('.')

/** Gives up on everything until it is mended. */
class Pack extends Job<void, Data> {
  readonly name = name
  readonly on = [Ordered, Asked]
  mended = false
  packed: string[] = []

  async process({ id }: Event<Data>) {
    if (!this.mended) throw new NonRetryable('no box is large enough\nfor this')
    this.packed.push(id)
  }
}

/** A platform's data folder with PostgreSQL running, as npm start leaves it, and one service at work. */
export async function openShop(amqpUrl: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'slip way-'))
  const password = randomBytes(12).toString('base64url')
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ POSTGRES_PASSWORD: password }))
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: true, password })
  for (const name of ['events', service]) await postgres.createDatabase(name)
  await migrateUp(postgres.url(service), [messagingMigrations])
  const pool = new pg.Pool({ connectionString: postgres.url(service) })
  pool.on('error', () => {})

  const environment: Environment = amqpUrl
    ? { AMQP_URL: amqpUrl, AMQP_PREFIX: `cli-${randomBytes(4).toString('hex')}-` }
    : {}
  const job = new Pack()
  const broker: Broker = createBroker<void>({
    service,
    settings: readSettings(Type.Object(brokerVariables), {
      ...(amqpUrl ? environment : { EVENTS_DATABASE_URL: postgres.url('events') }),
      JOB_RETRY_DELAYS_MS: '50',
    }),
    database: { sql: pool, directUrl: postgres.url(service) },
    observability: createObservability({
      service,
      version: '0.0.0',
      settings: readSettings(Type.Object(observabilityVariables), { LOG_LEVEL: 'silent' }),
    }),
    jobs: [job],
    transaction: async (work) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(undefined, client)
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
    },
  })
  await broker.start()

  return {
    dataDir,
    environment,
    postgres,
    job,
    pool,
    order: (parcels: number) => broker.outbox.emit(pool, Ordered.create({ subject, data: { parcels } })),
    ask: () =>
      broker.outbox.emit(pool, Asked.create({ subject, data: { email: 'a@b.test', token: 'hunter2-hunter2' } })),
    /** As if only this event had come to its job and the queue had been lost with the others. */
    async lose(exceptFor: string) {
      await pool.query('DELETE FROM messaging.inbox WHERE event_id <> $1', [exceptFor])
      if (amqpUrl) return
      const events = new pg.Client(postgres.url('events'))
      await events.connect()
      await events.query('DELETE FROM pgboss.job WHERE id <> $1', [exceptFor])
      await events.end()
    },
    async close() {
      await broker.stop(2_000)
      await removeTopology(environment)
      await pool.end()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

async function removeTopology({ AMQP_URL, AMQP_PREFIX }: Environment) {
  if (!AMQP_URL) return
  const connection = await connect(AMQP_URL)
  const channel = await connection.createChannel()
  const retries = [40, 50, 60].map((ms) => `${service}.retry.${ms}ms`) // around the delay
  for (const queue of [`${service}.${name}`, `${service}.${name}.dead`, ...retries])
    await channel.deleteQueue(AMQP_PREFIX + queue)
  for (const exchange of ['events', ...retries]) await channel.deleteExchange(AMQP_PREFIX + exchange)
  await connection.close()
}

export type Shop = Awaited<ReturnType<typeof openShop>>
