import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scratchDatabase } from '../testing/scratch-database.ts'
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts'
import type { MigrationSet } from './migration.ts'

let scratch: Awaited<ReturnType<typeof scratchDatabase>>
let folder: string
let set: MigrationSet

beforeEach(async () => {
  scratch = await scratchDatabase()
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  set = { schema: 'public', folder: pathToFileURL(`${folder}/`) }
  migration('20260101000000_shelf', 'CREATE TABLE shelf (id int PRIMARY KEY);', 'DROP TABLE shelf;')
  migration('20260102000000_book', 'CREATE TABLE book (shelf int REFERENCES shelf);', 'DROP TABLE book;')
})
afterEach(() => scratch.drop())

function migration(name: string, up: string, down?: string) {
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'migration.sql'), up)
  if (down) writeFileSync(join(folder, name, 'down.sql'), down)
}

async function query(text: string) {
  const client = new pg.Client({ connectionString: scratch.url })
  await client.connect()
  return (await client.query(text).finally(() => client.end())).rows as Record<string, unknown>[]
}
const tables = async (schema = 'public') =>
  (await query(`SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`)).map(
    ({ tablename }) => tablename,
  )

test('up applies what is missing, in order, and once', async () => {
  expect(await migrateUp(scratch.url, [set])).toEqual(['20260101000000_shelf', '20260102000000_book'])
  expect(await migrateUp(scratch.url, [set])).toEqual([])
  expect(await tables()).toEqual(['_prisma_migrations', 'book', 'shelf'])
})

test('the history has what Prisma expects: name, SHA-256 of the file, finished', async () => {
  await migrateUp(scratch.url, [set])
  const rows = await query(
    'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations ORDER BY 1',
  )
  expect(rows[0]).toEqual({
    migration_name: '20260101000000_shelf',
    checksum: '4325f5b0da124b321cbb5ea598d166e77ee926ac2d08ac1e2ec2a465ba392cc8',
    finished: true,
    applied_steps_count: 1,
  })
})

test('down undoes the newest, up brings it back', async () => {
  await migrateUp(scratch.url, [set])
  expect(await migrateDown(scratch.url, set)).toEqual(['20260102000000_book'])
  expect(await tables()).toEqual(['_prisma_migrations', 'shelf'])
  expect(await migrationStatus(scratch.url, [set])).toEqual([
    { schema: 'public', name: '20260101000000_shelf', applied: true },
    { schema: 'public', name: '20260102000000_book', applied: false },
  ])
  expect(await migrateUp(scratch.url, [set])).toEqual(['20260102000000_book'])
})

test('ten that start at once apply each migration once', async () => {
  const applied = await Promise.all(Array.from({ length: 10 }, () => migrateUp(scratch.url, [set])))
  expect(applied.flat().sort()).toEqual(['20260101000000_shelf', '20260102000000_book'])
})

test('an index is built concurrently while others wait for their turn', async () => {
  migration('20260103000000_index', '-- no-transaction\nCREATE INDEX CONCURRENTLY book_shelf_idx ON book (shelf);')
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrateUp(scratch.url, [set])))
  expect(applied.flat()).toHaveLength(3)
  expect(await query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'book_shelf_idx'::regclass`)).toEqual([
    { indisvalid: true },
  ])
})

test('a failing migration leaves nothing of itself, and what came before stays', async () => {
  migration('20260103000000_broken', 'CREATE TABLE half (id int); SELECT 1 / 0;')
  await expect(migrateUp(scratch.url, [set])).rejects.toThrow('20260103000000_broken failed: division by zero')
  expect(await tables()).toEqual(['_prisma_migrations', 'book', 'shelf'])
})

test('a migration that was changed after it was applied is refused', async () => {
  await migrateUp(scratch.url, [set])
  appendFileSync(join(folder, '20260101000000_shelf', 'migration.sql'), '\n-- just a comment')
  await expect(migrateUp(scratch.url, [set])).rejects.toThrow('20260101000000_shelf was changed after it was applied')
})

test('a migration of newer code is left alone, one that cannot be undone is named', async () => {
  migration('20260103000000_one_way', 'ALTER TABLE shelf ADD COLUMN width int;')
  await migrateUp(scratch.url, [set])
  await expect(migrateDown(scratch.url, set)).rejects.toThrow('20260103000000_one_way has no down.sql')
  rmSync(join(folder, '20260103000000_one_way'), { recursive: true })
  expect(await migrateUp(scratch.url, [set])).toEqual([])
})

test('a set with a schema of its own keeps its tables and its history there', async () => {
  await migrateUp(scratch.url, [{ ...set, schema: 'library' }])
  expect(await tables('library')).toEqual(['_prisma_migrations', 'book', 'shelf'])
  expect(await tables()).toEqual([])
})
