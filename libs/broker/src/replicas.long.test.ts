import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBroker, type Broker } from './broker.ts'
import { Job, type DataOf, type Event, type JobContext } from './index.ts'
import { createEffects, transactionsOf, type Tx } from './testing/effects.ts'
import { engines, testDelaysMs, type Engine } from './testing/engines.ts'
import { OrderShipped, shipped } from './testing/events.ts'
import { testObservability } from './testing/observability.ts'
import { poolSize, scratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts'
import { testSettings } from './testing/settings.ts'

/** REPLICA_EVENTS=20000 for the long one. */
const total = Number(process.env['REPLICA_EVENTS'] ?? 1_000)
const batch = 100
const names = ['pack', 'bill']
const queues = names.map((name) => `shop.${name}`)
const patience = { timeout: 60_000 + total * 20, interval: 200 }

class Ship extends Job<Tx, DataOf<typeof OrderShipped>> {
  readonly name: string
  readonly on = [OrderShipped]
  runs = 0

  constructor(name: string) {
    super()
    this.name = name
  }

  async process({ data }: Event<DataOf<typeof OrderShipped>>, { tx }: JobContext<Tx>) {
    this.runs++
    await tx.ship(this.name, data.parcels)
  }
}

describe.each(engines)('%s: three processes of a service', (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')

  let engine: Engine
  let database: ScratchDatabase
  const replicas: { broker: Broker; jobs: Ship[]; published: () => Promise<number> }[] = []
  beforeAll(async () => {
    ;[engine, database] = await Promise.all([create(), scratchDatabase()])
    await database.pool.query(createEffects)
    for (let replica = 0; replica < 3; replica++) replicas.push(open())
  })
  afterAll(async () => {
    await Promise.all(replicas.map(({ broker }) => broker.stop(2_000)))
    await engine.remove(queues)
    await database.drop()
  })

  /** Nothing is shared with the others but database and message broker. */
  function open() {
    const observability = testObservability()
    const pool = database.open()
    const jobs = names.map((name) => new Ship(name))
    const broker = createBroker<Tx>({
      service: 'shop',
      settings: testSettings({ ...engine.settings(), OUTBOX_BATCH_SIZE: 50, JOB_RETRY_DELAYS_MS: testDelaysMs.join() }),
      database: { sql: pool, directUrl: database.url },
      observability,
      jobs,
      transaction: transactionsOf(pool),
      connections: poolSize,
    })
    const published = async () =>
      (await observability.metrics.getSingleMetric('outbox_published_total')?.get())?.values[0]?.value ?? 0
    return { broker, jobs, published }
  }

  test(
    'share relaying and jobs: exactly one effect of each event, no deadlock',
    { timeout: 2 * patience.timeout },
    async () => {
      await Promise.all(replicas.map(({ broker }) => broker.start()))
      for (let emitted = 0; emitted < total; emitted += batch)
        await transactionsOf(database.pool)(async ({ sql }) => {
          const { outbox } = replicas[(emitted / batch) % 3]?.broker ?? { outbox: undefined }
          for (let each = 1; each <= batch; each++) await outbox?.emit(sql, shipped(emitted + each))
        })

      const exactly = names.toSorted().map((job) => ({ job, runs: total, events: total }))
      const effects = async () => {
        const { rows } = await database.pool.query(
          `SELECT job, count(*)::int AS runs, count(DISTINCT parcels)::int AS events FROM effect GROUP BY job ORDER BY job`,
        )
        return rows
      }
      await vi.waitFor(async () => expect(await effects()).toEqual(exactly), patience)
      await vi.waitFor(async () => expect(await unpublished(database)).toBe(0), patience)
      await vi.waitFor(async () => expect(await engine.waiting(queues)).toBe(0), patience)
      expect(await effects()).toEqual(exactly)

      for (const { jobs, published } of replicas) {
        expect(await published()).toBeGreaterThan(0)
        expect(jobs.every(({ runs }) => runs > 0)).toBe(true)
      }
      expect(await deadlocks(database, engine.url)).toBe(0)
    },
  )
})

async function unpublished({ pool }: ScratchDatabase): Promise<number> {
  const { rows } = await pool.query(`SELECT FROM messaging.outbox WHERE state <> 'published'`)
  return rows.length
}

/** In the service's database and in that of events. */
async function deadlocks({ pool }: ScratchDatabase, eventsUrl: string): Promise<number> {
  const { rows } = await pool.query(
    'SELECT sum(deadlocks)::int AS count FROM pg_stat_database WHERE datname IN (current_database(), $1)',
    [new URL(eventsUrl).pathname.slice(1)],
  )
  return rows[0].count
}
