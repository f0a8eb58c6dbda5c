import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { PrismaClient } from '../prisma/generated/client.ts'
import { createDatabase } from './database.ts'
import { asDatabaseUnavailable, isUniqueViolation } from './errors.ts'
import { observed } from './testing/observed.ts'
import { scratchDatabase } from './testing/scratch-database.ts'
import { TransactionPool } from './transaction-pool.ts'

const settings = {
  DATABASE_URL: '',
  DATABASE_POOL_SIZE: 3,
  DATABASE_CONNECT_TIMEOUT_MS: 1_000,
  DATABASE_TRANSACTION_TIMEOUT_MS: 5_000,
}
const open = (url: string) =>
  createDatabase({
    settings: { ...settings, DATABASE_URL: url },
    observability: observed().observability,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })

let scratch: Awaited<ReturnType<typeof scratchDatabase>>
let database: ReturnType<typeof open>

beforeAll(async () => {
  scratch = await scratchDatabase()
  database = open(scratch.url)
  await database.sql.query(
    'CREATE TABLE note (id uuid PRIMARY KEY, text text NOT NULL CONSTRAINT note_text_key UNIQUE)',
  )
})
beforeEach(() => database.sql.query('TRUNCATE note'))
afterAll(async () => {
  await database.close()
  await scratch.drop()
})

const texts = async () =>
  (await database.sql.query<{ text: string }>('SELECT text FROM note ORDER BY text')).rows.map(({ text }) => text)
const insert = 'INSERT INTO note (id, text) VALUES (gen_random_uuid(), $1)'

test('Prisma and plain SQL are one transaction: both see each other, both are committed', async () => {
  await database.transaction(async ({ prisma, sql }) => {
    await prisma.note.create({ data: { id: randomUUID(), text: 'prisma' } })
    await sql.query(insert, ['sql'])
    expect((await sql.query('SELECT 1 FROM note')).rowCount).toBe(2)
    expect(await prisma.note.count()).toBe(2)
  })
  expect(await texts()).toEqual(['prisma', 'sql'])
})

test('both are rolled back when the work throws', async () => {
  const work = database.transaction(async ({ prisma, sql }) => {
    await prisma.note.create({ data: { id: randomUUID(), text: 'prisma' } })
    await sql.query(insert, ['sql'])
    throw new Error('changed my mind')
  })
  await expect(work).rejects.toThrow('changed my mind')
  expect(await texts()).toEqual([])
})

test('many transactions at once stay apart', async () => {
  const one = (name: string) =>
    database.transaction(async ({ prisma, sql }) => {
      await prisma.note.create({ data: { id: randomUUID(), text: `${name}-prisma` } })
      await sql.query(insert, [`${name}-sql`])
      if (name.endsWith('odd')) throw new Error('rolled back')
    })
  const names = Array.from({ length: 20 }, (_, index) => `${index}-${index % 2 === 0 ? 'even' : 'odd'}`)
  const results = await Promise.allSettled(names.map(one))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  expect(await texts()).toHaveLength(20)
  expect((await texts()).every((text) => text.includes('even'))).toBe(true)
})

test('another connection inside a transaction is refused, whichever way it is asked for', async () => {
  await expect(database.transaction(() => database.sql.query('SELECT 1'))).rejects.toThrow('only its own connection')
  await expect(database.transaction(() => database.prisma.note.count())).rejects.toThrow('only its own connection')
})

test('the connection is gone when the transaction has ended', async () => {
  const sql = await database.transaction(async (tx) => tx.sql)
  await expect(sql.query('SELECT 1')).rejects.toThrow('has ended')
})

test('a unique violation is known from both, and by its constraint', async () => {
  await database.sql.query(insert, ['twice'])
  const bySql = await database.sql.query(insert, ['twice']).catch((error: unknown) => error)
  const byPrisma = await database.prisma.note
    .create({ data: { id: randomUUID(), text: 'twice' } })
    .catch((error: unknown) => error)
  for (const error of [bySql, byPrisma]) {
    expect(isUniqueViolation(error)).toBe(true)
    expect(isUniqueViolation(error, 'text')).toBe(true)
    expect(isUniqueViolation(error, 'email')).toBe(false)
  }
  expect(isUniqueViolation(new Error('no'))).toBe(false)
})

test('a database that is down is a 503, from Prisma, from SQL and from a transaction', async () => {
  const down = open('postgresql://postgres@127.0.0.1:1/none')
  const failures = await Promise.all([
    down.sql.query('SELECT 1').catch((error: unknown) => error),
    down.prisma.note.count().catch((error: unknown) => error),
    down.transaction(({ prisma }) => prisma.note.count()).catch((error: unknown) => error),
    down.ping().catch((error: unknown) => error),
  ])
  for (const failure of failures) {
    expect(asDatabaseUnavailable(failure)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 })
  }
  await down.close()
})

test('a silent connection is probed: a server that vanished without a word is noticed', async () => {
  using probe = vi.spyOn(Socket.prototype, 'setKeepAlive')
  const fresh = open(scratch.url)
  await fresh.ping()
  expect(probe).toHaveBeenCalledWith(true, 10_000)
  await fresh.close()
})

test('connections that the server cuts are replaced', async () => {
  await Promise.all([1, 2, 3].map(() => database.sql.query('SELECT pg_sleep(0.01)')))
  await database.sql
    .query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    .catch(() => {})
  await vi.waitFor(async () => expect(await database.prisma.note.count()).toBe(0), 30_000)
})

test('a connection that the server cuts while it is taken is no error of the process, and is replaced', async () => {
  const pool = new TransactionPool({ connectionString: scratch.url, max: 1 })
  const taken = await pool.connect()
  const { rows } = await taken.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const ended = new Promise((resolve) => taken.once('end', resolve))
  await database.sql.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
  await ended
  await expect(taken.query('SELECT 1')).rejects.toThrow('not queryable')
  taken.release()
  expect((await pool.query('SELECT 1')).rowCount).toBe(1)
  await pool.end()
})
