import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A query and what it answers, as JSON has it. */
export interface ExpectedRows {
  query: string
  rows: readonly object[]
}

/** Rows to try a migration on that changes some; names in its SQL are looked up in the set's schema. */
export interface MigrationRows {
  /** SQL that runs before the migration is applied for the first time: what the release before may have written. */
  before?: string
  /** What is there once it is applied, also the second time. */
  up?: ExpectedRows
  /** SQL that runs between: what the release of the migration may have written when it is undone. */
  after?: string
  /** What is there once it is undone. */
  down?: ExpectedRows
}

/** Migrations of one owner, in Prisma's folder layout, for one PostgreSQL schema. */
export interface MigrationSet {
  /** `public` for a service's own tables; libraries bring a schema of their own. */
  schema: string
  /** Holds `<time>_<name>/migration.sql` and `down.sql`. */
  folder: URL
  /** For tests, by name of the migration. Services tell the universal tests themselves. */
  rows?: Readonly<Record<string, MigrationRows>>
}

export interface Migration {
  name: string
  up: string
  /** Absent when the migration cannot be undone. */
  down?: string
  /** SHA-256 of migration.sql in hex, as Prisma stores it. */
  checksum: string
}

/** The set's migrations, oldest first. */
export function readMigrations({ folder }: MigrationSet): Migration[] {
  const base = fileURLToPath(folder)
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const up = readFileSync(`${base}/${name}/migration.sql`, 'utf8')
      const down = `${base}/${name}/down.sql`
      return {
        name,
        up,
        down: existsSync(down) ? readFileSync(down, 'utf8') : undefined,
        checksum: createHash('sha256').update(up).digest('hex'),
      }
    })
}
