import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { PrismaClient } from '../prisma/generated/client.ts'
import { createDatabase } from './database.ts'
import { asDatabaseUnavailable } from './errors.ts'
import { observed } from './testing/observed.ts'
import { scratchDatabase } from './testing/scratch-database.ts'
import { TransactionPool } from './transaction-pool.ts'

let scratch: Awaited<ReturnType<typeof scratchDatabase>>
let other: pg.Client
let pool: TransactionPool
let database: ReturnType<typeof open>

/** One connection, and little time for each transaction on it. */
const open = () =>
  createDatabase({
    settings: {
      DATABASE_URL: scratch.url,
      DATABASE_POOL_SIZE: 1,
      DATABASE_CONNECT_TIMEOUT_MS: 30_000,
      DATABASE_TRANSACTION_TIMEOUT_MS: 200,
    },
    observability: observed().observability,
    createPool: (config) => (pool = new TransactionPool(config)),
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })

beforeAll(async () => {
  scratch = await scratchDatabase()
  other = new pg.Client(scratch.url)
  await other.connect()
  await other.query('CREATE TABLE note (id uuid PRIMARY KEY, text text NOT NULL UNIQUE)')
})
beforeEach(async () => {
  await other.query('TRUNCATE note')
  database = open()
})
afterEach(() => database.close())
afterAll(async () => {
  await other.end()
  await scratch.drop()
})

type Tx = Parameters<Parameters<(typeof database)['transaction']>[0]>[0]

const insert = 'INSERT INTO note (id, text) VALUES (gen_random_uuid(), $1)'
const texts = async () =>
  (await other.query<{ text: string }>('SELECT text FROM note ORDER BY text')).rows.map(({ text }) => text)
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => asDatabaseUnavailable(error),
  )
const unavailable = expect.objectContaining({ code: 'DATABASE_UNAVAILABLE' })

test.each<[string, (tx: Tx) => Promise<unknown>]>([
  ['plain SQL', ({ sql }) => sql.query(insert, ['late'])],
  ['Prisma', ({ prisma }) => prisma.note.create({ data: { id: randomUUID(), text: 'late' } })],
])('after its time a transaction sends nothing by %s, neither alone nor into the next one', async (_, write) => {
  const over = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const late = failureOf(
    database.transaction(async (tx) => {
      // on a machine that stood still its time is over sooner
      await Promise.allSettled([tx.sql.query(insert, ['early']), tx.sql.query('SELECT pg_sleep(0.5)')])
      over.resolve()
      await goOn.promise
      await write(tx)
    }),
  )
  await over.promise
  const next = await pool.connect()
  await next.query('BEGIN')
  await next.query(insert, ['next'])

  goOn.resolve()

  expect(await late).toEqual(unavailable)
  await next.query('COMMIT')
  next.release()
  expect(await texts()).toEqual(['next'])
})

test.each<[string, (tx: Tx) => Promise<unknown>]>([
  [
    'statements that follow each other',
    ({ sql }) => sql.query('SELECT FROM note').then(() => sql.query(insert, ['late'])),
  ],
  [
    'one call of Prisma that takes several statements',
    ({ prisma }) =>
      prisma.note.upsert({
        where: { id: randomUUID() },
        create: { id: randomUUID(), text: 'late' },
        update: { text: 'late' },
      }),
  ],
])('what comes behind the rollback on the same connection is not sent: %s', async (_, work) => {
  using sent = vi.spyOn(pg.Client.prototype, 'query')
  await other.query('BEGIN')
  await other.query('LOCK TABLE note')
  const late = failureOf(database.transaction(work))
  await vi.waitFor(() => expect(sent).toHaveBeenCalledWith(expect.objectContaining({ text: 'ROLLBACK' })), 30_000)

  await other.query('COMMIT')

  expect(await late).toEqual(unavailable)
  expect(await texts()).toEqual([])
})
