import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Migrations of one owner, in Prisma's folder layout, for one PostgreSQL schema. */
export interface MigrationSet {
  /** `public` for a service's own tables; libraries bring a schema of their own. */
  schema: string
  /** Holds `<time>_<name>/migration.sql` and `down.sql`. */
  folder: URL
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
