import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { shipped } from '../testing/events.ts'
import { sampleOf, testObservability } from '../testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { ScriptedTransport } from '../testing/scripted-transport.ts'
import { createOutbox } from './outbox.ts'
import { startRelay } from './start-relay.ts'
import { OutboxStore } from './store.ts'

const hour = 3_600_000
const quickly = { timeout: 30_000, interval: 5 }

let database: ScratchDatabase
let started = 0
const relays: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  database = await scratchDatabase()
})
beforeEach(() => database.pool.query('TRUNCATE messaging.outbox RESTART IDENTITY'))
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
})
afterAll(() => database.drop())

/** A relay that looks only when woken, unless told to poll. */
function start(transport: ScriptedTransport, { pollMs = hour, batchSize = 100, batchBytes = 1_000_000 } = {}) {
  const name = `shop${++started}`
  const observability = testObservability(name)
  const relay = startRelay({
    service: name,
    settings: { OUTBOX_BATCH_SIZE: batchSize, OUTBOX_BATCH_BYTES: batchBytes, OUTBOX_POLL_MS: pollMs },
    database: { sql: database.pool, directUrl: database.url },
    observability,
    transport,
  })
  relays.push(relay)
  return { ...observability, listening: () => vi.waitFor(async () => expect(await listeners(name)).toBe(1), quickly) }
}

async function emit(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7())
  const remaining = [...ids]
  const outbox = createOutbox({ source: 'shop', newId: () => remaining.shift() ?? '' })
  const client = await database.pool.connect()
  await client.query('BEGIN')
  for (let index = 1; index <= count; index++) await outbox.emit(client, shipped(index))
  await client.query('COMMIT')
  client.release()
  return ids
}
const emitLate = (id: string, at: Date) =>
  createOutbox({ source: 'shop', newId: () => id }).emit(database.pool, shipped(), { at })
const states = async () =>
  (await database.pool.query('SELECT state FROM messaging.outbox ORDER BY position')).rows.map(({ state }) => state)
const settled = (state: string) =>
  vi.waitFor(async () => expect(new Set(await states())).toEqual(new Set([state])), quickly)

test('a commit wakes the relay, which publishes in the order of insertion', async () => {
  const transport = new ScriptedTransport()
  await start(transport).listening()

  const ids = await emit(5)

  await settled('published')
  expect(transport.batches).toEqual([ids])
})

test('an event that was emitted for later goes out then, and not at the next poll', async () => {
  const transport = new ScriptedTransport()
  const { listening, metrics } = start(transport)
  await listening()
  const at = new Date(Date.now() + 3_000)
  const late = uuidv7()
  await emitLate(late, at)
  await database.pool.query("UPDATE messaging.outbox SET emitted_at = emitted_at - interval '1 hour'")
  const [soon] = await emit(1)

  await settled('published')
  expect(Date.now()).toBeGreaterThanOrEqual(at.getTime())
  expect(transport.published).toEqual([soon, late])
  // counted from when it was due: from its commit, it would be an hour
  expect(await sampleOf(metrics, 'outbox_publish_latency_seconds_sum')).toBeLessThan(600)
})

test('what has become due since a relay looked is due now, unless another has it in hand', async () => {
  const store = new OutboxStore(database.pool)
  expect(await store.nextDueMs()).toBeUndefined()
  await emit(1)
  expect(await store.nextDueMs()).toBe(0)
  await database.pool.query(`UPDATE messaging.outbox SET leased_until = now() + interval '1 hour'`)
  expect(await store.nextDueMs()).toBeUndefined()
})

test('a time that is past is now', async () => {
  const transport = new ScriptedTransport()
  await start(transport).listening()
  await emitLate(uuidv7(), new Date(0))
  await settled('published')
  const { rows } = await database.pool.query('SELECT FROM messaging.outbox WHERE due_at = emitted_at')
  expect(rows).toHaveLength(1)
})

test('a batch weighs no more than its bytes and one event; one that weighs more goes alone', async () => {
  await emit(4)
  const { rows } = await database.pool.query('SELECT bytes, octet_length(event::text) AS body FROM messaging.outbox')
  expect(rows.every(({ bytes, body }) => bytes === body)).toBe(true)
  await database.pool.query('UPDATE messaging.outbox SET bytes = 400 + 900 * (position = 3)::int')
  const transport = new ScriptedTransport()
  start(transport, { batchBytes: 500 })

  await settled('published')
  expect(transport.batches.map((batch) => batch.length).toSorted()).toEqual([1, 1, 2])
})

test('without NOTIFY the poll finds it', async () => {
  const transport = new ScriptedTransport()
  await start(transport, { pollMs: 20 }).listening()
  await database.pool.query(
    `INSERT INTO messaging.outbox (id, type, event) VALUES (gen_random_uuid(), 'shop.order.shipped.v1', '{}')`,
  )
  await settled('published')
})

test('what the broker did not confirm is published again, and only what it confirmed is marked', async () => {
  const transport = new ScriptedTransport()
  const ids = await emit(3)
  let failures = 2
  transport.answer = ({ id }) => (id === ids[1] && failures-- > 0 ? new Error('confirm lost') : 'confirmed')
  const { lines } = start(transport, { pollMs: 20 })

  await settled('published')
  expect(transport.published.filter((id) => id === ids[1])).toHaveLength(3)
  expect(transport.published.filter((id) => id !== ids[1])).toHaveLength(2)
  expect(lines.filter((line) => line['log.level'] === 'warn')).toHaveLength(2)
  expect(lines.filter((line) => line['log.level'] === 'error')).toEqual([])
})

test('unroutable events wait their turn: they neither block the others nor spin, and go out when somebody listens', async () => {
  const transport = new ScriptedTransport()
  const [first, second, third] = await emit(3)
  let bound = false
  transport.answer = ({ id }) => (id === second && !bound ? 'unroutable' : 'confirmed')
  const { metrics } = start(transport, { pollMs: 20 })

  await vi.waitFor(async () => expect(await states()).toEqual(['published', 'unroutable', 'published']), quickly)
  await vi.waitFor(() => expect(transport.published).toEqual([first, second, third, second]), quickly)
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query(
      `SELECT attempts, extract(epoch FROM due_at - now())::float8 AS wait FROM messaging.outbox WHERE state = 'unroutable'`,
    )
    expect(rows).toEqual([{ attempts: 2, wait: expect.closeTo(2, 0) }])
  }, quickly)
  const refused = () => sampleOf(metrics, 'outbox_unroutable_total', { type: 'shop.order.shipped.v1' })
  await vi.waitFor(async () => expect(await refused()).toBe(2), quickly)

  bound = true
  await settled('published')
})

test('an event that the broker always refuses does not hold up those behind it', async () => {
  const transport = new ScriptedTransport()
  const ids = await emit(20)
  const tooLarge = ids[3]
  transport.answer = ({ id }) => (id === tooLarge ? new Error('too large') : 'confirmed')
  start(transport, { batchSize: 8, pollMs: 20 })

  await vi.waitFor(
    async () => expect((await states()).filter((state) => state === 'published')).toHaveLength(19),
    quickly,
  )
  expect((await states())[3]).toBe('waiting')
})

test('while the broker is down nothing is put off: all of it goes out when it is back', async () => {
  const transport = new ScriptedTransport()
  transport.up = false
  transport.answer = () => (transport.up ? 'confirmed' : new Error('no connection'))
  await emit(10)
  start(transport)
  await vi.waitFor(() => expect(transport.batches.length).toBeGreaterThan(4), quickly)

  transport.up = true

  await settled('published')
  const { rows } = await database.pool.query('SELECT DISTINCT attempts FROM messaging.outbox')
  expect(rows).toEqual([{ attempts: 0 }])
})

test('relays share a backlog: each event is published once', async () => {
  const ids = await emit(1_000)
  const transports = [new ScriptedTransport(), new ScriptedTransport(), new ScriptedTransport()]
  for (const transport of transports) {
    transport.answer = () => new Promise((resolve) => setImmediate(resolve, 'confirmed'))
    start(transport, { batchSize: 20 })
  }
  await settled('published')
  const published = transports.flatMap((transport) => transport.published)
  expect(published.toSorted()).toEqual(ids.toSorted())
  expect(transports.every((transport) => transport.published.length > 0)).toBe(true)
})

test('a relay that died with a batch in hand leaves it to the others when its lease is over', async () => {
  await emit(3)
  const dead = new OutboxStore(database.pool)
  expect(await dead.lease(10, 300, 1_000_000)).toHaveLength(3)
  const transport = new ScriptedTransport()
  start(transport, { pollMs: 20 })
  await emit(1)
  await vi.waitFor(() => expect(transport.published).toHaveLength(1), quickly)

  await settled('published')
  expect(transport.published).toHaveLength(4)
})

test('it outlives its database connection', async () => {
  const transport = new ScriptedTransport()
  const { lines, listening, service } = start(transport)
  await listening()
  await database.pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
    [`${service} relay`],
  )
  const lost = () => lines.filter(({ message }) => message === 'the relay lost its database connection')
  await vi.waitFor(() => expect(lost()).toHaveLength(1), quickly)
  await listening()

  await emit(2)
  await settled('published')
  expect(lost()).toHaveLength(1)
})

test('stopping waits for the batch in hand', async () => {
  const transport = new ScriptedTransport()
  const confirm = Promise.withResolvers<'confirmed'>()
  transport.answer = () => confirm.promise
  await emit(1)
  start(transport)
  await vi.waitFor(() => expect(transport.batches).toHaveLength(1), quickly)
  const stopped = relays.splice(0).map((relay) => relay.stop())
  confirm.resolve('confirmed')
  await Promise.all(stopped)
  expect(await states()).toEqual(['published'])
})

async function listeners(name: string): Promise<number> {
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE application_name = $1 AND datname = current_database() AND state = 'idle' AND query LIKE '%due_at%'`,
    [`${name} relay`],
  )
  return rows[0].n
}
