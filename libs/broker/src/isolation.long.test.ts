import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBroker, type Broker } from './broker.ts'
import { Job, type DataOf, type Event, type JobContext } from './index.ts'
import { createEffects, transactionsOf, type Tx } from './testing/effects.ts'
import { engines, testDelaysMs, type Engine } from './testing/engines.ts'
import { OrderShipped, shipped } from './testing/events.ts'
import { testObservability } from './testing/observability.ts'
import { poolSize, scratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts'
import { testSettings } from './testing/settings.ts'

const count = 150
const hangs = ['hang', 'hang-too']
const throws: Record<string, unknown> = {
  'throw-error': new Error('always'),
  'throw-undefined': undefined,
  'throw-string': 'no reason given',
  'throw-null-object': Object.create(null),
}
const queues = ['pack', 'bill', ...hangs, ...Object.keys(throws)].map((name) => `shop.${name}`)
const patience = { timeout: 60_000, interval: 20 }

/** Until `bad` is set every job is a good one. */
class Ship extends Job<Tx, DataOf<typeof OrderShipped>> {
  static bad = false
  readonly name: string
  readonly on = [OrderShipped]
  hung = 0

  constructor(name: string) {
    super()
    this.name = name
  }

  async process({ data }: Event<DataOf<typeof OrderShipped>>, { tx }: JobContext<Tx>) {
    await tx.ship(this.name, data.parcels)
    if (!Ship.bad) return
    if (hangs.includes(this.name)) await new Promise(() => this.hung++)
    if (this.name in throws) throw throws[this.name]
  }
}

describe.each(engines)('%s: jobs that hang and jobs that throw anything', (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')

  let engine: Engine
  let database: ScratchDatabase
  let broker: Broker
  const jobs = queues.map((queue) => new Ship(queue.slice('shop.'.length)))
  beforeAll(async () => {
    Ship.bad = false
    ;[engine, database] = await Promise.all([create(), scratchDatabase()])
    await database.pool.query(createEffects)
    const pool = database.open()
    broker = createBroker<Tx>({
      service: 'shop',
      settings: testSettings({
        ...engine.settings(),
        JOB_TIMEOUT_MS: 60_000,
        JOB_RETRY_DELAYS_MS: testDelaysMs.join(),
        JOB_MAX_ATTEMPTS: 2,
      }),
      database: { sql: database.pool, directUrl: database.url },
      observability: testObservability(),
      jobs,
      transaction: transactionsOf(pool),
      connections: poolSize,
    })
    await broker.start()
  })
  afterAll(async () => {
    await broker.stop(1_500)
    await engine.remove(queues)
    await database.drop()
  })

  /** Emits all events. */
  async function emit() {
    await database.pool.query('DELETE FROM effect')
    await transactionsOf(database.pool)(async ({ sql }) => {
      for (let parcels = 1; parcels <= count; parcels++) await broker.outbox.emit(sql, shipped(parcels))
    })
  }
  const ended = (names: readonly string[]) =>
    vi.waitFor(async () => {
      const { rows } = await database.pool.query(
        'SELECT count(DISTINCT parcels)::int AS done FROM effect WHERE job = ANY ($1) GROUP BY job',
        [names],
      )
      expect(rows).toEqual(names.map(() => ({ done: count })))
    }, patience)

  describe('the second looks at what the first has left', { shuffle: false }, () => {
    test('the others keep their rate', { timeout: 120_000 }, async () => {
      const good = ['pack', 'bill']
      const all = jobs.map(({ name }) => name)
      const timed = async () => {
        const startedAt = performance.now()
        await emit()
        await ended(good)
        return performance.now() - startedAt
      }
      await timed() // code and statements are warm now
      await ended(all)
      const alone = await timed()
      await ended(all)

      Ship.bad = true
      const beside = await timed()

      const hanging = jobs.filter(({ name }) => hangs.includes(name))
      expect(hanging.every(({ hung }) => hung > 0)).toBe(true)
      // Work of theirs that waited for one of the hung would take a minute and more.
      expect(beside).toBeLessThan(4 * alone + 30_000)
    })

    test('whatever was thrown is told in the dead letters', async () => {
      const transport = engine.open()
      await transport.start()
      const told = async (job: string) => {
        const letters = await vi.waitFor(async () => {
          const found = await transport.listDead(`shop.${job}`, 2 * count)
          expect(found).toHaveLength(count)
          return found
        }, patience)
        return [...new Set(letters.map(({ error, attempts }) => `${error} (${attempts})`))]
      }
      const other = 'Error: Something other than an Error was thrown:'
      expect(await told('throw-error')).toEqual(['Error: always (2)'])
      expect(await told('throw-undefined')).toEqual([`${other} undefined (2)`])
      expect(await told('throw-string')).toEqual([`${other} 'no reason given' (2)`])
      expect(await told('throw-null-object')).toEqual([`${other} [Object: null prototype] {} (2)`])
      await transport.close()
    })
  })
})
