import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBroker, type Broker } from './broker.ts'
import { Job, OutboxStore, type DataOf, type Event, type JobContext } from './index.ts'
import { createEffects, effectsOf, transactionsOf, type Tx } from './testing/effects.ts'
import { OrderShipped, shipped } from './testing/events.ts'
import { testObservability } from './testing/observability.ts'
import { openOperator } from './testing/operator.ts'
import { PrivateRabbit, rabbitFolder } from './testing/private-rabbit.ts'
import { poolSize, scratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts'
import { testSettings } from './testing/settings.ts'

/** CHAOS_EVENTS=5000 for the long one. */
const total = Number(process.env['CHAOS_EVENTS'] ?? 500)
const slices = 5
/** What a dead-letter exchange does not confirm in a node's first moments, RabbitMQ sends again after three minutes. */
const patience = { timeout: 300_000 + total * 40, interval: 50 }
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

class Pack extends Job<Tx, DataOf<typeof OrderShipped>> {
  readonly name = 'pack'
  readonly on = [OrderShipped]
  gate: Promise<void> | undefined

  async process({ data }: Event<DataOf<typeof OrderShipped>>, { tx, signal }: JobContext<Tx>) {
    await this.gate
    signal.throwIfAborted()
    await tx.ship('pack', data.parcels)
  }
}

/** Every seventh event succeeds at its second attempt: retries are on their way at any time. */
class Bill extends Job<Tx, DataOf<typeof OrderShipped>> {
  readonly name = 'bill'
  readonly on = [OrderShipped]

  async process({ data }: Event<DataOf<typeof OrderShipped>>, { tx, attempt }: JobContext<Tx>) {
    await tx.ship('bill', data.parcels)
    if (data.parcels % 7 === 0 && attempt === 1) throw new Error('not the first time')
  }
}

describe('a RabbitMQ that everything happens to', () => {
  const installed = rabbitFolder() !== undefined
  if (!installed) {
    console.warn('rabbitmq-server is not installed: the chaos test does not run')
    return test.skip('needs rabbitmq-server on this machine')
  }

  let rabbit: PrivateRabbit
  let database: ScratchDatabase
  beforeAll(async () => {
    ;[rabbit, database] = await Promise.all([PrivateRabbit.start(), scratchDatabase()])
    await database.pool.query(createEffects)
  })
  afterAll(async () => {
    await rabbit?.[Symbol.asyncDispose]()
    await database?.drop()
  })

  const pack = new Pack()
  const replica = () => {
    const observability = testObservability()
    const pool = database.open()
    const broker = createBroker<Tx>({
      service: 'shop',
      settings: testSettings({ AMQP_URL: rabbit.url, JOB_RETRY_DELAYS_MS: '50,400', JOB_TIMEOUT_MS: 60_000 }),
      database: { sql: pool, directUrl: database.url },
      observability,
      jobs: [pack, new Bill()],
      transaction: transactionsOf(pool),
      connections: poolSize,
      eventTypes: [OrderShipped],
    })
    return { broker, lines: observability.lines }
  }
  const effects = () => effectsOf(database.pool)
  const done = async () => ((await effects())['pack'] ?? []).length

  test('loses no event and does none twice', { timeout: 20 * patience.timeout }, async () => {
    const replicas = [replica(), replica()] as const
    const [{ broker, lines }] = replicas
    const began = new Date()
    await Promise.all(replicas.map((one) => one.broker.start()))
    await vi.waitFor(() => Promise.all(replicas.map((one) => one.broker.ready())), patience)

    let emitted = 0
    /** Emits the next events, some of them in one transaction, and waits until the first of them have effects. */
    const slice = async (under: 'way' | 'outage' = 'way') => {
      const before = await done()
      const upTo = emitted + total / slices
      while (emitted < upTo)
        await emit(
          broker,
          Array.from({ length: Math.min(5, upTo - emitted) }, () => ++emitted),
        )
      if (under === 'way') await vi.waitFor(async () => expect(await done()).toBeGreaterThan(before), patience)
    }
    const emit = ({ outbox }: Broker, parcels: number[]) =>
      transactionsOf(database.pool)(async ({ sql }) => {
        for (const each of parcels) await outbox.emit(sql, shipped(each))
      })

    await slice()
    await rabbit.control('close_all_connections', 'chaos')
    await slice()
    await rabbit.stop('SIGTERM')
    await slice('outage')
    await rabbit.start()

    await rabbit.control('set_vm_memory_high_watermark', '0.000001')
    await slice('outage')
    await vi.waitFor(() => expect(lines.some(({ message }) => message === blocked)).toBe(true), patience)
    await rabbit.control('set_vm_memory_high_watermark', '0.4')
    await vi.waitFor(() => Promise.all(replicas.map((one) => one.broker.ready())), patience)
    await rabbit.control('close_all_connections', 'chaos')

    const gate = Promise.withResolvers<void>()
    pack.gate = gate.promise
    await slice('outage')
    expect(await deleteQueue(rabbit.url, 'shop.pack', 10)).toBeGreaterThanOrEqual(10)
    await rabbit.stop('SIGKILL')
    await rabbit.start()
    pack.gate = undefined
    gate.resolve()
    await vi.waitFor(async () => expect((await effects())['bill']).toEqual(numbers(total)), patience)
    expect(await done()).toBeLessThan(total)

    // what is published before the lost queue is declared again, it does not get
    await vi.waitFor(() => Promise.all(replicas.map((one) => one.broker.ready())), patience)
    expect(await new OutboxStore(database.pool).replay({ since: began })).toBe(total)
    await vi.waitFor(async () => expect(await effects()).toEqual(everything), patience)
    await vi.waitFor(async () => expect(await unsettled(database, rabbit.url)).toEqual([0, 0, 0]), patience)
    await Promise.all(replicas.map((one) => one.broker.stop(5_000)))
    expect(await effects()).toEqual(everything)
  })
})

const blocked = 'RabbitMQ takes no messages for now'
const everything = { pack: numbers(total), bill: numbers(total) }

/** @returns how many events went with it; waits until there are some */
async function deleteQueue(url: string, queue: string, atLeast: number): Promise<number> {
  await using operator = await openOperator(url)
  const { channel } = operator
  await vi.waitFor(async () => {
    expect((await channel.checkQueue(queue)).messageCount).toBeGreaterThanOrEqual(atLeast)
  }, patience)
  return (await channel.deleteQueue(queue)).messageCount
}

/** Events in the outbox and in the queues that nobody has taken. */
async function unsettled({ pool }: ScratchDatabase, url: string): Promise<number[]> {
  const { rows } = await pool.query(`SELECT FROM messaging.outbox WHERE state <> 'published'`)
  await using operator = await openOperator(url)
  const { channel } = operator
  const queues = [await channel.checkQueue('shop.pack'), await channel.checkQueue('shop.bill')]
  return [rows.length, ...queues.map(({ messageCount }) => messageCount)]
}
