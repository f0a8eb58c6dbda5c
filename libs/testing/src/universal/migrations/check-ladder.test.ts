import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messagingMigrations } from '@slipway/broker'
import type { MigrationRows, MigrationSet } from '@slipway/database'
import { expect, inject, onTestFinished, test } from 'vitest'
import { checkLadder } from './check-ladder.ts'
import { withEmptyDatabase } from './empty-database.ts'

type Rung = readonly [up: string, down: string | undefined]

const create: Rung = [
  'CREATE TABLE orders (id int PRIMARY KEY, name text NOT NULL, paid boolean NOT NULL); CREATE INDEX orders_name ON orders (name)',
  'DROP TABLE orders',
]
const split: Rung = [
  `ALTER TABLE orders ADD COLUMN first text; UPDATE orders SET first = split_part(name, ' ', 1); CREATE INDEX orders_first ON orders (first)`,
  'DROP INDEX orders_first; ALTER TABLE orders DROP COLUMN first',
]

async function climb(
  rungs: readonly Rung[],
  rows: Record<string, MigrationRows> = {},
  others: readonly MigrationSet[] = [],
) {
  const folder = await mkdtemp(join(tmpdir(), 'rungs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [at, [up, down]] of rungs.entries()) {
    const rung = join(folder, `${at + 1}_rung`)
    await mkdir(rung)
    await writeFile(join(rung, 'migration.sql'), up)
    if (down !== undefined) await writeFile(join(rung, 'down.sql'), down)
  }
  const sets = [...others, { schema: 'public', folder: pathToFileURL(`${folder}/`) }]
  await withEmptyDatabase(inject('postgresUrl'), (url, sql) => checkLadder({ url, sql, sets, rows }))
}

const backfill: MigrationRows = {
  before: `INSERT INTO orders VALUES (1, 'Ann Lee', true)`,
  up: { query: 'SELECT id, first FROM orders', rows: [{ id: 1, first: 'Ann' }] },
  down: { query: 'SELECT id, name FROM orders', rows: [{ id: 1, name: 'Ann Lee' }] },
}

test('a ladder that can be climbed both ways passes, with rows on it', async () => {
  await climb([create, split], { '2_rung': backfill }, [messagingMigrations])
})

test('a column that comes back comes back last, and that is all right', async () => {
  await climb([
    create,
    [
      'ALTER TABLE orders DROP COLUMN name',
      'ALTER TABLE orders ADD COLUMN name text NOT NULL; CREATE INDEX orders_name ON orders (name)',
    ],
  ])
})

test.each<[string, RegExp, Rung]>([
  [
    'forgets an index',
    /2_rung: only after it is undone: CREATE INDEX orders_paid/,
    ['CREATE INDEX IF NOT EXISTS orders_paid ON orders (paid)', 'SELECT 1'],
  ],
  [
    'brings back a column that may be null',
    /2_rung: only before it: column public.orders.paid boolean not null[^]*only after it is undone: column public.orders.paid boolean$/m,
    ['ALTER TABLE orders DROP COLUMN paid', 'ALTER TABLE orders ADD COLUMN paid boolean'],
  ],
  [
    'forgets a default',
    /only after it is undone: column public.orders.name text not null default 'new'/,
    [`ALTER TABLE orders ALTER COLUMN name SET DEFAULT 'new'`, 'SELECT 1'],
  ],
  [
    'forgets a check',
    /constraint orders_id_check on public.orders CHECK/,
    ['ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_id_check, ADD CHECK (id > 0)', 'SELECT 1'],
  ],
  [
    'forgets a function and its trigger',
    /only after it is undone: CREATE OR REPLACE FUNCTION public.stop/,
    [
      `CREATE OR REPLACE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER stopper BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stop()`,
      'DROP TRIGGER stopper ON orders',
    ],
  ],
  [
    'forgets a type',
    /only after it is undone: type public.colour e red,blue/,
    [`DO $$ BEGIN CREATE TYPE colour AS ENUM ('red', 'blue'); EXCEPTION WHEN duplicate_object THEN END $$`, 'SELECT 1'],
  ],
  [
    'cannot be applied again',
    /Migration 2_rung failed: column "first" of relation "orders" already exists/,
    [split[0], 'DROP INDEX orders_first'],
  ],
  [
    'fails',
    /Migration 2_rung failed: column "last" of relation "orders" does not exist/,
    [split[0], 'ALTER TABLE orders DROP COLUMN last'],
  ],
  ['is missing', /2_rung: has no down.sql/, [split[0], undefined]],
])('a down.sql that %s is found', async (_, wrong, rung) => {
  await expect(climb([create, rung])).rejects.toThrow(wrong)
})

test('what is left in the end is found', async () => {
  const careless: Rung = ['CREATE SEQUENCE IF NOT EXISTS numbers; CREATE TABLE t (id int)', 'DROP TABLE t']
  await expect(climb([careless])).rejects.toThrow('all: only after everything is undone: sequence public.numbers')
})

test('rows that a migration loses are found', async () => {
  const lossy: Rung = [split[0], `${split[1]!}; UPDATE orders SET name = 'lost'`]
  await expect(climb([create, lossy], { '2_rung': backfill })).rejects.toThrow(
    '2_rung: undone, SELECT id, name FROM orders answers [{"id":1,"name":"lost"}]',
  )
})

test('what the release of a migration writes is there when it is undone', async () => {
  const written: MigrationRows = {
    ...backfill,
    up: { query: 'SELECT id, first FROM orders WHERE id = 1', rows: [{ id: 1, first: 'Ann' }] },
    after: `INSERT INTO orders VALUES (2, 'Bo Li', false, 'Bo')`,
  }
  await expect(climb([create, split], { '2_rung': written })).rejects.toThrow(
    '2_rung: undone, SELECT id, name FROM orders answers [{"id":1,"name":"Ann Lee"},{"id":2,"name":"Bo Li"}]',
  )
})

test('what a migration makes of rows is held to what is said of it, each time it is applied', async () => {
  const wrong = { ...backfill, up: { query: 'SELECT first FROM orders', rows: [{ first: 'Bo' }] } }
  await expect(climb([create, split], { '2_rung': wrong })).rejects.toThrow(
    /2_rung: applied, SELECT first FROM orders answers \[{"first":"Ann"}\]\n *2_rung: applied again, SELECT first/,
  )
})

test('a migration that changes data, and no rows say to what, is found: in each direction, of services and libraries', async () => {
  const lossy: Rung = [split[0], `DELETE FROM orders WHERE first = 'Bo'; ${split[1]!}`]
  const wrong = 'changes data, and no rows show to what'
  const of = (rows: MigrationRows) => climb([create, lossy], { '2_rung': rows })
  await expect(climb([create, lossy])).rejects.toThrow(`2_rung: migration.sql ${wrong}\n  2_rung: down.sql ${wrong}`)
  await expect(of({ before: backfill.before, up: backfill.up })).rejects.toThrow(/:\n *2_rung: down\.sql [^\n]*$/)
  await expect(of({ before: backfill.before, down: backfill.down })).rejects.toThrow(
    /:\n *2_rung: migration\.sql [^\n]*$/,
  )
  await expect(climb([], {}, [{ ...messagingMigrations, rows: {} }])).rejects.toThrow(
    `20250901000000_outbox_bounds: migration.sql ${wrong}`,
  )
})

test('rows for a migration that is none are found', async () => {
  await expect(climb([create], { '9_rung': backfill })).rejects.toThrow('9_rung: has rows and is no migration')
  const library = { ...messagingMigrations, rows: { '8_rung': backfill } }
  await expect(climb([create], {}, [library])).rejects.toThrow('8_rung: has rows and is no migration')
})
