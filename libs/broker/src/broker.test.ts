// Longer than a file should be: the whole of it holds on each transport, and is read as one list.
import { InvalidSettings } from '@slipway/config'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBroker, type Broker } from './broker.ts'
import { Job, NonRetryable, type Event, type JobContext } from './index.ts'
import { createEffects, effectsOf, transactionsOf, type Tx } from './testing/effects.ts'
import { engines, testDelaysMs, type Engine } from './testing/engines.ts'
import { OrderShipped, shipped, type Shipped } from './testing/events.ts'
import { testObservability } from './testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts'
import { testSettings } from './testing/settings.ts'
import type { BrokerSettings } from './variables.ts'

const quickly = { timeout: 30_000, interval: 10 }

/** Notes its effect, then does what the test says. */
class Ship extends Job<Tx, Shipped> {
  readonly name: string
  readonly on = [OrderShipped]
  readonly #then: (event: Event<Shipped>, context: JobContext<Tx>) => unknown

  constructor(name: string, then: (event: Event<Shipped>, context: JobContext<Tx>) => unknown = () => {}) {
    super()
    this.name = name
    this.#then = then
  }

  async process(event: Event<Shipped>, context: JobContext<Tx>) {
    await context.tx.ship(this.name, event.data.parcels)
    await this.#then(event, context)
  }
}

/** A service that never gets as far as to ask anything. */
const create = (settings: Partial<BrokerSettings>, jobs: Job<Tx>[] = [], transactionMs?: number) =>
  createBroker<Tx>({
    service: 'shop',
    settings: testSettings(settings),
    database: { sql: { query: () => Promise.reject(new Error('asked')) }, directUrl: '' },
    observability: testObservability(),
    jobs,
    transaction: () => Promise.reject(new Error('opened')),
    transactionMs,
  })

test('a service without a broker does not start', () => {
  expect(() => create({})).toThrow(InvalidSettings)
  expect(() => create({})).toThrow('AMQP_URL or EVENTS_DATABASE_URL is required')
})

test('a job that may outlast its transaction does not start: it would be tried for ever', () => {
  class Slow extends Ship {
    override readonly timeoutMs = 30_000
  }
  const settings = { AMQP_URL: 'amqp://broker', JOB_TIMEOUT_MS: 20_000 }
  expect(() => create(settings, [new Ship('pack')], 10_000)).toThrow(
    'DATABASE_TRANSACTION_TIMEOUT_MS is shorter than the job pack may take (20000 ms)',
  )
  expect(() => create(settings, [new Slow('pack')], 20_000)).toThrow('the job pack may take (30000 ms)')
  create(settings, [new Ship('pack')], 20_000)
  create(settings, [], 10_000)
})

describe.each(engines)('%s', (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')

  let engine: Engine
  let database: ScratchDatabase
  let service: string
  let tests = 0
  const queues: string[] = []
  const brokers: Broker[] = []
  beforeAll(async () => {
    ;[engine, database] = await Promise.all([create(), scratchDatabase()])
    await database.pool.query(createEffects)
  })
  beforeEach(async () => {
    service = `shop${++tests}`
    await database.pool.query('TRUNCATE effect, messaging.outbox, messaging.inbox')
  })
  afterEach(async () => {
    await Promise.all(brokers.splice(0).map((broker) => broker.stop(1_000)))
  })
  afterAll(async () => {
    await engine.remove(queues)
    await database.drop()
  })

  /** One replica of the service with these jobs. */
  async function start(jobs: Job<Tx>[], { url, ...settings }: { url?: string; JOB_MAX_ATTEMPTS?: number } = {}) {
    const observability = testObservability(service)
    const broker = createBroker<Tx>({
      service,
      settings: testSettings({ ...engine.settings(url), ...settings, JOB_RETRY_DELAYS_MS: testDelaysMs.join() }),
      database: { sql: database.pool, directUrl: database.url },
      observability,
      jobs,
      transaction: transactionsOf(database.pool),
      eventTypes: [OrderShipped],
    })
    brokers.push(broker)
    queues.push(...jobs.map(({ name }) => `${service}.${name}`))
    await broker.start()
    return { ...observability, ...broker }
  }
  const effects = () => effectsOf(database.pool)
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  async function emit({ outbox }: Broker, parcels: number[]) {
    await transactionsOf(database.pool)(async ({ sql }) => {
      for (const each of parcels) await outbox.emit(sql, shipped(each))
    })
  }

  test('what a transaction emits, every job does once, in the trace of the emitter', async () => {
    const traces: string[] = []
    const inTrace = () => traces.push(broker.context.get()?.traceId ?? '')
    const broker = await start([new Ship('pack', inTrace), new Ship('bill', inTrace)])

    const emitter = await broker.span('request', {}, async (span) => {
      await emit(broker, numbers(3))
      return span.spanContext().traceId
    })

    await vi.waitFor(async () => expect(await effects()).toEqual({ bill: [1, 2, 3], pack: [1, 2, 3] }), quickly)
    expect(new Set(traces)).toEqual(new Set([emitter]))
    await broker.ready()
  })

  test('replicas share the work: each event has one effect for each job', async () => {
    const jobs = () => [new Ship('pack'), new Ship('bill')]
    const [broker] = await Promise.all([start(jobs()), start(jobs()), start(jobs())])
    for (let batch = 0; batch < 5; batch++)
      await emit(
        broker,
        numbers(50).map((each) => batch * 50 + each),
      )
    await vi.waitFor(async () => expect(await effects()).toEqual({ bill: numbers(250), pack: numbers(250) }), quickly)
  })

  test('a job that hangs and a job that fails delay no other', async () => {
    const hang = new Ship('hang', () => new Promise(() => {}))
    const fail = new Ship('fail', () => Promise.reject(new Error('always')))
    const broker = await start([hang, fail, new Ship('pack')])
    await emit(broker, numbers(50))
    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: numbers(50) }), quickly)
  })

  test('a failed attempt is tried again until it works', async () => {
    const attempts: number[] = []
    const broker = await start([
      new Ship('pack', (_event, { attempt }) => {
        attempts.push(attempt)
        if (attempt < 3) throw new Error('not yet')
      }),
    ])
    await emit(broker, [1])
    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: [1] }), quickly)
    expect(attempts).toEqual([1, 2, 3])
  })

  test('the last failed attempt is a dead letter, and so is what never can work; others go on', async () => {
    const broker = await start(
      [
        new Ship('pack', ({ data: { parcels } }) => {
          if (parcels === 1) throw new Error('never works')
          if (parcels === 2) throw new NonRetryable('cannot work')
        }),
      ],
      { JOB_MAX_ATTEMPTS: 2 },
    )
    const transport = engine.open()
    await transport.start()
    await emit(broker, [1, 2, 3])
    await transport.publish([{ id: '0196a3b0-0000-7000-8000-00000000000e', type: OrderShipped.type, body: 'poison' }])

    const dead = [
      { error: 'Error: never works', attempts: 2 },
      { error: 'NonRetryable: cannot work', attempts: 1 },
      { error: 'UnreadableEvent: Not JSON', attempts: 1, body: 'poison' },
    ]
    await vi.waitFor(async () => {
      const found = await transport.listDead(`${service}.pack`, 10)
      expect(found).toHaveLength(3)
      expect(found).toEqual(expect.arrayContaining(dead.map((letter) => expect.objectContaining(letter))))
    }, quickly)
    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: [3] }), quickly)
    await transport.close()
  })

  test('ten megabytes that are no event are a dead letter, and the worker goes on', async () => {
    const broker = await start([new Ship('pack')])
    const transport = engine.open()
    await transport.start()
    const body = 'x'.repeat(10 * 1024 * 1024)
    const published = await transport.publish([
      { id: '0196a3b0-0000-7000-8000-00000000000e', type: OrderShipped.type, body },
    ])
    expect(published).toEqual(['confirmed'])
    await emit(broker, [1])

    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: [1] }), quickly)
    const dead = await vi.waitFor(async () => {
      const found = await transport.listDead(`${service}.pack`, 10)
      expect(found).toHaveLength(1)
      return found
    }, quickly)
    expect(dead).toMatchObject([{ error: 'UnreadableEvent: Not JSON', attempts: 1 }])
    expect(dead[0]?.body.length).toBe(body.length)
    await transport.close()
  })

  test('a stop is over in time; what did not finish, another replica does', async () => {
    const started: number[] = []
    const stuck = new Ship('pack', ({ data }) => {
      started.push(data.parcels)
      return new Promise(() => {})
    })
    const leaving = await start([stuck])
    await emit(leaving, numbers(30))
    await vi.waitFor(() => expect(started).toHaveLength(5), quickly)
    await start([new Ship('pack')])

    const before = performance.now()
    await leaving.stop(1_500)
    expect(performance.now() - before).toBeLessThan(15_000) // the stuck would keep it for ever

    // what could not be handed back in time is delivered again after a silence of half a minute at most
    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: numbers(30) }), { timeout: 60_000 })
  })

  test('a stop lets what runs finish', async () => {
    const finish = Promise.withResolvers<void>()
    let started = false
    const broker = await start([
      new Ship('pack', () => {
        started = true
        return finish.promise
      }),
    ])
    await emit(broker, [1])
    await vi.waitFor(() => expect(started).toBe(true), quickly)
    const stopped = broker.stop(5_000)
    finish.resolve()
    await stopped
    expect(await effects()).toEqual({ pack: [1] })
  })

  test('connections that are cut again and again lose nothing and double nothing', { timeout: 60_000 }, async () => {
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    const broker = await start([new Ship('pack'), new Ship('bill')], { url })
    const total = 600
    for (let batch = 0; batch < 6; batch++) {
      await emit(
        broker,
        numbers(100).map((each) => batch * 100 + each),
      )
      await vi.waitFor(
        async () => expect(((await effects())['pack'] ?? []).length).toBeGreaterThan(batch * 60),
        quickly,
      )
      proxy.cut()
      await broker.ready().catch(() => {})
      proxy.restore()
    }
    await vi.waitFor(async () => expect(await effects()).toEqual({ bill: numbers(total), pack: numbers(total) }), {
      timeout: 40_000,
      interval: 50,
    })
    await broker.stop(1_000)
  })

  test('a confirm that is lost does not lose the event', async () => {
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    const broker = await start([new Ship('pack')], { url })
    await emit(broker, [1])
    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: [1] }), quickly)

    proxy.muteServer()
    await emit(broker, [2])
    await vi.waitFor(async () => {
      const { rows } = await database.pool.query('SELECT FROM messaging.outbox WHERE leased_until > now()')
      expect(rows).toHaveLength(1)
    }, quickly)
    proxy.cut()
    proxy.restore()

    await vi.waitFor(async () => expect(await effects()).toEqual({ pack: [1, 2] }), { timeout: 20_000, interval: 10 })
    await broker.stop(1_000)
  })
})
