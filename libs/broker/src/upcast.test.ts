import { Type } from 'typebox'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBroker, type Broker } from './broker.ts'
import { Job, type Event, type EventType, type JobContext } from './index.ts'
import { createEffects, transactionsOf, type Tx } from './testing/effects.ts'
import { engines, testDelaysMs, type Engine } from './testing/engines.ts'
import { OrderShipped, orderId, shipped, type Shipped } from './testing/events.ts'
import { testObservability } from './testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts'
import { testSettings } from './testing/settings.ts'

const quickly = { timeout: 30_000, interval: 10 }
const parcels = Type.Array(Type.Object({ number: Type.Integer({ minimum: 1, maximum: 9 }) }))

interface ShippedV2 {
  orderId: string
  parcels: { number: number }[]
}

const V2: EventType<ShippedV2> = {
  type: 'shop.order.shipped.v2',
  data: Type.Object({ orderId: Type.String(), parcels }),
  earlier: {
    on: OrderShipped,
    upcast(data) {
      const { orderId, parcels } = data as Shipped
      if (parcels === 7) throw new Error('seven is unlucky')
      return { orderId, parcels: Array.from({ length: parcels }, (_, index) => ({ number: index + 1 })) }
    },
  },
}

const V3: EventType<ShippedV2 & { heavy: boolean }> = {
  type: 'shop.order.shipped.v3',
  data: Type.Object({ orderId: Type.String(), parcels, heavy: Type.Boolean() }),
  earlier: {
    on: V2,
    upcast: (data) => ({ ...(data as ShippedV2), heavy: (data as ShippedV2).parcels.length > 2 }),
  },
}

class Note<Data> extends Job<Tx, Data> {
  readonly name: string
  readonly on: EventType<Data>[]
  readonly seen: [string, Data][] = []

  constructor(name: string, on: EventType<Data>[]) {
    super()
    this.name = name
    this.on = on
  }

  async process({ type, data }: Event<Data>, { tx }: JobContext<Tx>) {
    await tx.ship(this.name, 1)
    this.seen.push([type, data])
  }
}

describe.each(engines)('%s', (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')
  let engine: Engine
  let database: ScratchDatabase
  let broker: Broker
  const jobs = () => ({
    v1: new Note('v1', [OrderShipped]),
    v2: new Note('v2', [V2]),
    v3: new Note('v3', [V3]),
    both: new Note<Shipped | ShippedV2>('both', [V2, OrderShipped]),
  })
  let at: ReturnType<typeof jobs>
  const queues = Object.keys(jobs()).map((name) => `shop.${name}`)
  beforeAll(async () => {
    ;[engine, database] = await Promise.all([create(), scratchDatabase()])
    await database.pool.query(createEffects)
  })
  beforeEach(async () => {
    at = jobs()
    broker = createBroker<Tx>({
      service: 'shop',
      settings: testSettings({ ...engine.settings(), JOB_RETRY_DELAYS_MS: testDelaysMs.join() }),
      database: { sql: database.pool, directUrl: database.url },
      observability: testObservability(),
      jobs: Object.values(at) as Job<Tx>[],
      transaction: transactionsOf(database.pool),
    })
    await broker.start()
  })
  afterEach(() => broker.stop(1_000))
  afterAll(async () => {
    await engine.remove(queues)
    await database.drop()
  })
  const emit = (event: Parameters<Broker['outbox']['emit']>[1]) => broker.outbox.emit(database.pool, event)
  const seen = () => Object.values(at).map(({ seen }) => seen)

  test('a job gets earlier versions as the one that it asked for', async () => {
    await emit(shipped(3))
    const [one, two] = [
      { orderId, parcels: 3 },
      { orderId, parcels: [1, 2, 3].map((number) => ({ number })) },
    ]
    await vi.waitFor(
      () =>
        expect(seen()).toEqual([
          [['shop.order.shipped.v1', one]],
          [['shop.order.shipped.v2', two]],
          [['shop.order.shipped.v3', { ...two, heavy: true }]],
          [['shop.order.shipped.v1', one]], // named, so it wants it as it is
        ]),
      quickly,
    )
  })

  test('a later version is not for jobs that know only the earlier one', async () => {
    const data = { orderId, parcels: [{ number: 4 }] }
    await emit({ on: V2, subject: orderId, data })
    await vi.waitFor(
      () =>
        expect(seen()).toEqual([
          [],
          [['shop.order.shipped.v2', data]],
          [['shop.order.shipped.v3', { ...data, heavy: false }]],
          [['shop.order.shipped.v2', data]],
        ]),
      quickly,
    )
  })

  test('what cannot be upcast is a dead letter that says so, for that job only', async () => {
    const observer = engine.open()
    await observer.start()
    const dead = async () => (await observer.listDead('shop.v2', 10)).map(({ error }) => error).sort()
    await emit(shipped(7))
    await emit(shipped(10))
    await vi.waitFor(async () => {
      expect(at.v1.seen).toHaveLength(2)
      expect(await dead()).toEqual([
        'UnreadableEvent: The data of shop.order.shipped.v1 cannot be read as shop.order.shipped.v2: seven is unlucky',
        expect.stringMatching(
          /^UnreadableEvent: The data of shop.order.shipped.v1, read as shop.order.shipped.v2, does not fit its schema: \/parcels\/9\/number /,
        ),
      ])
    }, quickly)
    await observer.close()
  })
})
