import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrismaClient } from '../prisma/generated/client.ts'
import { createDatabase } from './database.ts'
import { observed } from './testing/observed.ts'
import { scratchDatabase } from './testing/scratch-database.ts'

const { observability, spans } = observed()
let scratch: Awaited<ReturnType<typeof scratchDatabase>>
let database: ReturnType<typeof open>

const open = (url: string) =>
  createDatabase({
    settings: {
      DATABASE_URL: url,
      DATABASE_POOL_SIZE: 1,
      DATABASE_CONNECT_TIMEOUT_MS: 5_000,
      DATABASE_TRANSACTION_TIMEOUT_MS: 5_000,
    },
    observability,
    createPrisma: (adapter) => new PrismaClient({ adapter }),
  })

beforeAll(async () => {
  scratch = await scratchDatabase()
  database = open(scratch.url)
  await database.sql.query('CREATE TABLE note (id uuid PRIMARY KEY, text text NOT NULL UNIQUE)')
})
afterAll(async () => {
  await database.close()
  await scratch.drop()
})

/** Names of the statements sent in `work`, and whether each is a child of its span. */
async function statementsOf(work: () => Promise<unknown>) {
  spans.length = 0
  let parent = ''
  await observability
    .span('work', {}, (span) => {
      parent = span.spanContext().spanId
      return work()
    })
    .catch(() => {})
  return spans
    .filter(({ name }) => name !== 'work')
    .map(({ name, parentSpanContext }) => ({ name, ours: parentSpanContext?.spanId === parent }))
}

test('statements of Prisma and of plain SQL are spans of the work that sends them, without their values', async () => {
  const work = () =>
    database.transaction(async ({ prisma, sql }) => {
      await prisma.note.create({ data: { id: randomUUID(), text: 'a secret' } })
      await sql.query('UPDATE note SET text = $1', ['another secret'])
    })
  expect(await statementsOf(work)).toEqual(
    ['BEGIN', 'INSERT note', 'UPDATE note', 'COMMIT'].map((name) => ({ name, ours: true })),
  )
  expect(spans.find(({ name }) => name === 'UPDATE note')?.attributes).toEqual({
    'db.system.name': 'postgresql',
    'db.operation.name': 'UPDATE',
    'db.query.text': 'UPDATE note SET text = $1',
  })
  expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('secret')
})

test('work that waits for a connection keeps its own trace', async () => {
  spans.length = 0
  const names = Array.from({ length: 10 }, (_, index) => `work ${index}`)
  await Promise.all(
    names.map((name) => observability.span(name, {}, () => database.sql.query('SELECT $1::text', [name]))),
  )
  const ids = names.map((name) => spans.find((span) => span.name === name)?.spanContext().spanId)
  const parents = spans.filter(({ name }) => name === 'SELECT').map((span) => span.parentSpanContext?.spanId)
  expect(parents.toSorted()).toEqual(ids.toSorted())
})

test('a statement that fails is marked with the database’s code', async () => {
  await statementsOf(() => database.sql.query('SELECT * FROM nothing'))
  const failed = spans.find(({ name }) => name === 'SELECT nothing')
  expect(failed).toMatchObject({ status: { code: 2 }, attributes: { 'db.response.status_code': '42P01' } })
})

test('outside of any work nothing is recorded', async () => {
  spans.length = 0
  await database.sql.query('SELECT 1')
  expect(spans).toEqual([])
})

test('the pool shows its connections', async () => {
  const shown = () => observability.metrics.getSingleMetricAsString('db_pool_connections')
  await database.sql.query('SELECT 1')
  expect(await shown()).toContain('db_pool_connections{state="idle",service="test"} 1')
  await database.transaction(async ({ sql }) => {
    await sql.query('SELECT 1')
    expect(await shown()).toContain('db_pool_connections{state="used",service="test"} 1')
  })
})
