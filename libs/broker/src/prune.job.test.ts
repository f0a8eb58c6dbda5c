import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noteInInbox, pruneInbox } from './inbox.ts'
import { OutboxStore } from './outbox/store.ts'
import { PruneMessaging } from './prune.job.ts'
import { testObservability } from './testing/observability.ts'
import { scratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts'

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase()
})
beforeEach(() => database.pool.query('TRUNCATE messaging.outbox, messaging.inbox'))
afterAll(() => database.drop())

const retention = { outboxHours: 2, unroutableHours: 3, inboxHours: 2 }
const outbox = (count: number, state: string, age: string) =>
  database.pool.query(
    `INSERT INTO messaging.outbox (id, type, event, state, due_at, published_at)
     SELECT gen_random_uuid(), 'a.b.v1', '{}', $2, now() - $3::interval,
            CASE $2 WHEN 'published' THEN now() - $3::interval END
     FROM generate_series(1, $1)`,
    [count, state, age],
  )
const states = async () =>
  (await database.pool.query('SELECT state FROM messaging.outbox ORDER BY position')).rows.map(({ state }) => state)

test('old published events and inbox rows go, a batch at a time; what is young or not published stays', async () => {
  await outbox(3, 'published', '3 hours')
  expect(await new OutboxStore(database.pool).prune(2, 2)).toBe(2)
  await outbox(6_000, 'published', '3 hours') // more than a batch
  await outbox(1, 'published', '1 hour')
  await outbox(1, 'unroutable', '100 hours')
  await outbox(1, 'waiting', '100 hours')
  const [old, young] = ['0196a3b0-0000-7000-8000-000000000001', '0196a3b0-0000-7000-8000-000000000002']
  await noteInInbox(database.pool, old, 'pack')
  await database.pool.query(`UPDATE messaging.inbox SET processed_at = now() - interval '3 hours'`)
  await noteInInbox(database.pool, young, 'pack')

  const { logger } = testObservability()
  const job = new PruneMessaging(database.pool, retention, () => {})
  await job.run({ tick: new Date(), signal: new AbortController().signal, logger })

  expect(await states()).toEqual(['published', 'unroutable', 'waiting'])
  const { rows } = await database.pool.query('SELECT event_id FROM messaging.inbox')
  expect(rows).toEqual([{ event_id: young }])
  expect(await pruneInbox(database.pool, 2, 10)).toBe(0)
})

test('events that nobody was bound to for long go, are counted and told; those who wait for their time do not', async () => {
  await outbox(3, 'unroutable', '100 hours')
  await database.pool.query(`UPDATE messaging.outbox SET unroutable_since = now() - position % 2 * interval '4 hours'`)
  const kept = (await states()).length - (await count(`unroutable_since < now() - interval '3 hours'`))
  const dropped: string[] = []
  const { logger, lines } = testObservability()
  const job = new PruneMessaging(database.pool, retention, (type) => dropped.push(type))
  await job.run({ tick: new Date(), signal: new AbortController().signal, logger })

  expect(await states()).toHaveLength(kept)
  expect(dropped).toEqual(Array.from({ length: 3 - kept }, () => 'a.b.v1'))
  expect(lines).toMatchObject([{ 'log.level': 'warn', types: ['a.b.v1'], count: 3 - kept }])
})

const count = async (condition: string): Promise<number> =>
  (await database.pool.query(`SELECT count(*)::int AS n FROM messaging.outbox WHERE ${condition}`)).rows[0].n
