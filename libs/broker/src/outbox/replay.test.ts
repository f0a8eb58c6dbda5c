import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { outboxChannel } from './channel.ts'
import { OutboxStore } from './store.ts'

let database: ScratchDatabase
let store: OutboxStore
beforeAll(async () => {
  database = await scratchDatabase()
  store = new OutboxStore(database.pool)
})
beforeEach(() => database.pool.query('TRUNCATE messaging.outbox RESTART IDENTITY'))
afterAll(() => database.drop())

const rows = (count: number, type: string, state: string, publishedAt: Date | null) =>
  database.pool.query(
    `INSERT INTO messaging.outbox (id, type, event, state, published_at)
     SELECT gen_random_uuid(), $2, '{}', $3, $4 FROM generate_series(1, $1)`,
    [count, type, state, publishedAt],
  )
const at = (minute: number) => new Date(Date.UTC(2020, 0, 1, 0, minute))
const waiting = async () =>
  (
    await database.pool.query<{ position: number }>(
      `SELECT position::int FROM messaging.outbox WHERE state = 'waiting' AND due_at <= now() ORDER BY position`,
    )
  ).rows.map(({ position }) => position)

test('what was published since then is due again, of the types asked for', async () => {
  await rows(1, 'a.v1', 'published', at(1))
  await rows(1, 'a.v1', 'published', at(2))
  await rows(1, 'b.v1', 'published', at(3))
  await rows(1, 'a.v1', 'unroutable', null)

  expect(await store.replay({ since: at(2), types: ['a.v1'] })).toBe(1)
  expect(await waiting()).toEqual([2])
  expect(await store.replay({ since: at(2) })).toBe(1)
  expect(await waiting()).toEqual([2, 3])
  expect(await store.replay({ since: at(0), types: [] })).toBe(0)
  expect(await store.replay({ since: at(0) })).toBe(1)
  expect(await store.lease(10, 1_000, 1_000_000)).toHaveLength(4) // the unroutable one was due before
})

test('it ends also when the relay publishes as fast as it goes back, and takes each row once', async () => {
  await rows(12_000, 'a.v1', 'published', at(1))
  await database.pool.query(`
    CREATE FUNCTION publish_at_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.state := 'published'; NEW.published_at := clock_timestamp(); RETURN NEW; END $$;
    CREATE TRIGGER publish_at_once BEFORE UPDATE ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION publish_at_once()`)
  try {
    expect(await store.replay({ since: at(0) })).toBe(12_000)
  } finally {
    await database.pool.query('DROP FUNCTION publish_at_once CASCADE')
  }
})

test('it wakes the relays', async () => {
  await rows(1, 'a.v1', 'published', at(1))
  const client = await database.pool.connect()
  const heard = vi.fn()
  client.on('notification', heard)
  await client.query(`LISTEN ${outboxChannel}`)
  await store.replay({ since: at(0) })
  await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 30_000)
  client.release(true)
})
