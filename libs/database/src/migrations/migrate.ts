import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Sql } from '../sql.ts'
import { MigrationFailed } from './errors.ts'
import { checkHistory, MigrationHistory } from './history.ts'
import { readMigrations, type Migration, type MigrationSet } from './migration.ts'

/** The key of Prisma's own migration lock, so that both kinds of runner wait for each other. */
const lockKey = 72707369
const outsideTransaction = /^--\s*no-transaction\b/m

export interface MigrationStatus {
  schema: string
  name: string
  applied: boolean
}

/**
 * Applies what is missing, set by set, oldest first; each migration in a transaction of its own together with its
 * row of `_prisma_migrations` (unless its file says `-- no-transaction`). Many may start at once: they queue on a lock.
 *
 * @returns names of the migrations applied now
 * @throws MigrationFailed
 */
export function migrateUp(url: string, sets: readonly MigrationSet[]): Promise<string[]> {
  return underLock(url, async (sql) => {
    const done: string[] = []
    for (const set of sets) {
      const history = new MigrationHistory(sql, set)
      await history.ensure()
      const migrations = readMigrations(set)
      const applied = await history.applied()
      checkHistory(migrations, applied)
      const names = new Set(applied.map(({ migration_name }) => migration_name))
      for (const migration of migrations.filter(({ name }) => !names.has(name))) {
        await step(sql, set, migration, migration.up, () => history.add(migration))
        done.push(migration.name)
      }
    }
    return done
  })
}

/**
 * Undoes the newest `steps` applied migrations of one set.
 *
 * @returns names of the migrations undone
 * @throws MigrationFailed, also where a migration has no down.sql
 */
export function migrateDown(url: string, set: MigrationSet, steps = 1): Promise<string[]> {
  return underLock(url, async (sql) => {
    const history = new MigrationHistory(sql, set)
    const migrations = readMigrations(set)
    const applied = await history.applied()
    checkHistory(migrations, applied)
    const done: string[] = []
    for (const { migration_name: name } of applied.toReversed().slice(0, steps)) {
      const migration = migrations.find((candidate) => candidate.name === name)
      if (!migration?.down) throw new MigrationFailed(`Migration ${name} has no down.sql`)
      await step(sql, set, migration, migration.down, () => history.remove(migration))
      done.push(name)
    }
    return done
  })
}

/** Every known migration and whether it is applied; changes nothing. */
export function migrationStatus(url: string, sets: readonly MigrationSet[]): Promise<MigrationStatus[]> {
  return connected(url, async (sql) => {
    const status: MigrationStatus[] = []
    for (const set of sets) {
      const applied = new Set(
        (await new MigrationHistory(sql, set).applied()).map(({ migration_name }) => migration_name),
      )
      status.push(...readMigrations(set).map(({ name }) => ({ schema: set.schema, name, applied: applied.has(name) })))
    }
    return status
  })
}

async function step(
  sql: Sql,
  { schema }: MigrationSet,
  { name }: Migration,
  script: string,
  record: () => Promise<void>,
) {
  const transaction = !outsideTransaction.test(script)
  try {
    if (transaction) await sql.query('BEGIN')
    await sql.query(`SET search_path TO ${pg.escapeIdentifier(schema)}`)
    await sql.query(script)
    await sql.query('RESET search_path')
    await record()
    if (transaction) await sql.query('COMMIT')
  } catch (error) {
    if (transaction) await sql.query('ROLLBACK').catch(() => {}) // a lost connection has rolled back already
    throw new MigrationFailed(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

const underLock = <T>(url: string, work: (sql: Sql) => Promise<T>) =>
  connected(url, async (sql) => {
    while (!(await tryLock(sql))) await pause(100)
    return await work(sql) // the lock goes with the connection
  })

/** Asked again and again: who waits inside of a statement keeps CREATE INDEX CONCURRENTLY waiting for it, and both are stuck. */
async function tryLock(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [lockKey])
  return rows[0]?.locked ?? false
}

async function connected<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'migrate', connectionTimeoutMillis: 60_000 })
  client.on('error', () => {}) // a connection that breaks fails the statement under way, which says so
  await client.connect()
  try {
    return await work(client as Sql)
  } finally {
    await client.end()
  }
}
