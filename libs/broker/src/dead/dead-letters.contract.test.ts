import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBroker, type Broker } from '../broker.ts'
import {
  Job,
  NonRetryable,
  NoSuchQueue,
  openDeadLetters,
  type DeadLetters,
  type Event,
  type JobContext,
} from '../index.ts'
import { createEffects, effectsOf, transactionsOf, type Tx } from '../testing/effects.ts'
import { engines, testDelaysMs, type Engine } from '../testing/engines.ts'
import { OrderShipped, orderId, shipped, type Shipped } from '../testing/events.ts'
import { testObservability } from '../testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { testSettings } from '../testing/settings.ts'
import type { FoundLetter } from './dead-letters.ts'

const quickly = { timeout: 30_000, interval: 10 }
const uuid = /^[0-9a-f-]{36}$/

/** Gives up on what the test says. */
class Ship extends Job<Tx, Shipped> {
  readonly name = 'ship'
  readonly on = [OrderShipped]
  refuses = (_parcels: number) => true
  attempts: number[] = []

  async process({ data: { parcels } }: Event<Shipped>, { tx, attempt }: JobContext<Tx>) {
    this.attempts.push(attempt)
    await tx.ship(this.name, parcels)
    if (this.refuses(parcels)) throw new NonRetryable(`no ${parcels}`)
  }
}

/** The same event as another job's: nothing of this reaches it. */
class Count extends Job<Tx, Shipped> {
  readonly name = 'count'
  readonly on = [OrderShipped]
  process = ({ data }: Event<Shipped>, { tx }: JobContext<Tx>) => tx.ship(this.name, data.parcels)
}

describe.each(engines)('%s', (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')
  let engine: Engine
  let database: ScratchDatabase
  let broker: Broker
  let job: Ship
  let service: string
  let tests = 0
  const queues: string[] = []
  const opened: DeadLetters[] = []
  beforeAll(async () => {
    ;[engine, database] = await Promise.all([create(), scratchDatabase()])
    await database.pool.query(createEffects)
  })
  beforeEach(async () => {
    await database.pool.query('TRUNCATE effect, messaging.outbox, messaging.inbox')
    service = `shop${++tests}`
    job = new Ship()
    queues.push(`${service}.ship`, `${service}.count`)
    broker = createBroker<Tx>({
      service,
      settings: testSettings({ ...engine.settings(), JOB_RETRY_DELAYS_MS: testDelaysMs.join() }),
      database: { sql: database.pool, directUrl: database.url },
      observability: testObservability(service),
      jobs: [job, new Count()],
      transaction: transactionsOf(database.pool),
    })
    await broker.start()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((letters) => letters.close().catch(() => {})))
    await broker.stop(1_000)
  })
  afterAll(async () => {
    await engine.remove(queues)
    await database.drop()
  })

  async function open(url?: string): Promise<DeadLetters> {
    const { logger } = testObservability()
    const letters = await openDeadLetters({ settings: engine.settings(url), known: queues, logger })
    opened.push(letters)
    return letters
  }
  async function found(letters: DeadLetters, each: (letter: FoundLetter) => unknown = () => {}) {
    const all: FoundLetter[] = []
    for await (const letter of letters.scan(`${service}.ship`)) {
      all.push(letter)
      await each(letter)
    }
    return all
  }
  const parcelsOf = (letters: FoundLetter[]) => letters.map(({ body }) => JSON.parse(body).data?.parcels).sort()

  /** Emits them, and waits until the letters are there. */
  async function bury(parcels: number[]): Promise<DeadLetters> {
    await transactionsOf(database.pool)(async ({ sql }) => {
      for (const count of parcels) await broker.outbox.emit(sql, shipped(count))
    })
    const letters = await open()
    await vi.waitFor(async () => expect(await found(letters)).toHaveLength(parcels.length), quickly)
    return letters
  }

  test('a letter tells what it is, of whom, when and why; looking takes nothing away', async () => {
    const before = Date.now()
    const letters = await bury([1, 2])
    const all = await found(letters)
    expect(parcelsOf(all)).toEqual([1, 2])
    expect(all[0]).toMatchObject({
      id: expect.stringMatching(uuid),
      queue: `${service}.ship`,
      type: OrderShipped.type,
      attempts: 1,
      error: `NonRetryable: no ${parcelsOf(all.slice(0, 1))[0]}`,
      diedAt: expect.any(Date),
    })
    expect(all[0]!.diedAt!.getTime()).toBeGreaterThan(before - 1_000)
    expect(JSON.parse(all[0]!.body)).toMatchObject({ id: all[0]!.id, subject: orderId })
    expect(parcelsOf(await found(await open()))).toEqual([1, 2])
    await letters.close() // and what is looked at next is there at once
    expect(parcelsOf(await found(await open()))).toEqual([1, 2])
    expect(await (await open()).queues()).toEqual(expect.arrayContaining([`${service}.count`, `${service}.ship`]))
  })

  test('what is no event has an id all the same', async () => {
    const transport = engine.open()
    await transport.start()
    await transport.publish([
      { id: '0196a3b0-0000-7000-8000-00000000000f', type: OrderShipped.type, body: 'no { json' },
    ])
    await transport.close()
    const letters = await open()
    const all = await vi.waitFor(async () => {
      const now = await found(letters)
      expect(now).toHaveLength(1)
      return now
    }, quickly)
    const { id, body, error } = all[0]!
    expect({ id, body, error, type: all[0]!.type }).toEqual({
      id: '0196a3b0-0000-7000-8000-00000000000f',
      body: 'no { json',
      error: 'UnreadableEvent: Not JSON',
      type: undefined,
    })
  })

  test('a letter that is replayed is a first attempt of its job, and of no other; the rest stays', async () => {
    const letters = await bury([1, 2, 3])
    job.refuses = () => false
    job.attempts = []
    await found(letters, async (letter) => {
      if (parcelsOf([letter])[0] !== 2) expect(await letter.replay()).toBe(true)
    })
    await vi.waitFor(async () => expect(await effectsOf(database.pool)).toMatchObject({ ship: [1, 3] }), quickly)
    expect(parcelsOf(await found(letters))).toEqual([2])
    expect(job.attempts).toEqual([1, 1])
    expect((await effectsOf(database.pool))['count']).toEqual([1, 2, 3])
  })

  test('a letter that dies again is not replayed again by the same run', async () => {
    const letters = await bury([1, 2])
    job.attempts = []
    const replayed = await found(letters, async (letter) => {
      const runs = job.attempts.length
      await letter.replay()
      await vi.waitFor(() => expect(job.attempts.length).toBe(runs + 1), quickly)
    })
    expect(replayed).toHaveLength(2)
    await vi.waitFor(async () => expect(parcelsOf(await found(letters))).toEqual([1, 2]), quickly)
  })

  test('a letter that is dropped is gone; what was not looked at is back in its place', async () => {
    const letters = await bury([1, 2, 3])
    for await (const letter of letters.scan(`${service}.ship`)) {
      expect(await letter.drop()).toBe(true)
      break
    }
    expect(await found(letters)).toHaveLength(2)
    expect((await effectsOf(database.pool))['ship']).toBeUndefined()
  })

  test('more letters than a page are all seen, whichever of them go', { timeout: 60_000 }, async () => {
    const parcels = Array.from({ length: 120 }, (_, index) => index + 1)
    const letters = await bury(parcels)
    const all = await found(letters, async (letter) => parcelsOf([letter])[0] % 3 === 0 && letter.drop())
    expect(new Set(all.map(({ id }) => id)).size).toBe(120)
    expect(new Set(parcelsOf(await found(letters)))).toEqual(new Set(parcels.filter((count) => count % 3 > 0)))
  })

  test('an operator who is cut off half way loses nothing and doubles no effect', { timeout: 40_000 }, async () => {
    await bury([1])
    job.refuses = () => false
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    const cutOff = await open(url)
    const failed = found(cutOff, async (letter) => {
      proxy.muteServer() // what is sent arrives; that it did is never heard
      const replay = letter.replay()
      setTimeout(() => proxy.cut(), 300)
      await replay
    })
    await expect(failed).rejects.toThrow()

    const again = await open()
    await vi.waitFor(async () => expect(await found(again, (letter) => letter.replay())).toHaveLength(1), quickly)
    await vi.waitFor(async () => {
      expect((await effectsOf(database.pool))['ship']).toEqual([1])
      expect(await engine.waiting([`${service}.ship`])).toBe(0)
    }, quickly)
    expect(await found(again)).toEqual([])
    expect((await effectsOf(database.pool))['ship']).toEqual([1])
  })

  test('a queue that nobody declared is said', async () => {
    const letters = await open()
    await expect(letters.scan('shop.nobody').next()).rejects.toThrow(NoSuchQueue)
  })
})
