import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messagingMigrations } from '@slipway/broker'
import type { MigrationSet } from '@slipway/database'
import { expect, inject, onTestFinished, test } from 'vitest'
import { checkLadder, type RungData } from './check-ladder.ts'
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
  rows: Record<string, RungData> = {},
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

const backfill: RungData = {
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

test('rows for a migration that is none are found', async () => {
  await expect(climb([create], { '9_rung': backfill })).rejects.toThrow('9_rung: has rows and is no migration')
})
