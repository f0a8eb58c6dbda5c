import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Sql } from '../sql.ts'
import { MigrationFailed } from './errors.ts'
import type { Migration, MigrationSet } from './migration.ts'

export interface AppliedMigration {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

/** The `_prisma_migrations` table of one schema, with the columns that Prisma's own tools read. */
export class MigrationHistory {
  readonly #sql: Sql
  readonly #schema: string
  readonly #table: string

  constructor(sql: Sql, { schema }: MigrationSet) {
    this.#sql = sql
    this.#schema = pg.escapeIdentifier(schema)
    this.#table = `${this.#schema}._prisma_migrations`
  }

  async ensure() {
    await this.#sql.query(`CREATE SCHEMA IF NOT EXISTS ${this.#schema}`)
    await this.#sql.query(`CREATE TABLE IF NOT EXISTS ${this.#table} (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
      migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`)
  }

  async applied(): Promise<AppliedMigration[]> {
    const exists = await this.#sql.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
      this.#table,
    ])
    if (!exists.rows[0]?.found) return []
    const { rows } = await this.#sql.query<AppliedMigration>(
      `SELECT migration_name, checksum, finished_at FROM ${this.#table} WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    )
    return rows
  }

  async add({ name, checksum }: Migration) {
    await this.#sql.query(
      `INSERT INTO ${this.#table} (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
  }

  async remove({ name }: Migration) {
    await this.#sql.query(`DELETE FROM ${this.#table} WHERE migration_name = $1`, [name])
  }
}

/** Refuses to go on where the files and the history tell different stories. */
export function checkHistory(migrations: Migration[], applied: AppliedMigration[]) {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { migration_name: name, checksum, finished_at } of applied) {
    const migration = byName.get(name)
    if (!finished_at) throw new MigrationFailed(`Migration ${name} was started and never finished; repair it by hand`)
    if (!migration) continue // made by newer code: old code runs on the new schema while a release rolls out
    if (migration.checksum !== checksum) throw new MigrationFailed(`Migration ${name} was changed after it was applied`)
  }
}
