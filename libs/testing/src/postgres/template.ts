import { createHash } from 'node:crypto'
import { migrateUp, readMigrations, type MigrationSet } from '@slipway/database'
import pg from 'pg'

/** Same key for every process that makes templates: they wait for each other. */
const lockKey = 7_270_001

/** Address of another database on the same server. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

export async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Makes the migrated, empty database that tests clone, unless there is one of these very migrations already. It is
 * built under another name and renamed when it is whole; those of older migrations are dropped.
 */
export function ensureTemplate(adminUrl: string, service: string, sets: readonly MigrationSet[]): Promise<string> {
  const family = `template_${service.replaceAll('-', '_')}_`
  const name = family + fingerprint(sets)
  return asAdmin(adminUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [lockKey])
    const { rows } = await admin.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [family],
    )
    const found = rows.map(({ datname }) => datname)
    if (found.includes(name)) return name
    for (const stale of found) await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(stale)} WITH (FORCE)`)
    const building = `${name}_building`
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(building)}`)
    await migrateUp(databaseUrl(adminUrl, building), sets)
    await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(building)} RENAME TO ${pg.escapeIdentifier(name)}`)
    return name
  })
}

function fingerprint(sets: readonly MigrationSet[]): string {
  const hash = createHash('sha256')
  for (const set of sets)
    for (const { name, checksum } of readMigrations(set)) hash.update(`${set.schema}/${name}/${checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}
