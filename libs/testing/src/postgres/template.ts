import { createHash } from 'node:crypto'
import { migrateUp, readMigrations, type MigrationSet } from '@slipway/database'
import pg from 'pg'
import { allowingNetwork } from '../network/allowed.ts'
import { asAdmin, databaseUrl, dropDatabase } from './admin.ts'
import { abandonedClones } from './clone.ts'

/** Same key for every process that makes templates: they wait for each other. */
const lockKey = 7_270_001

/**
 * Makes the migrated, empty database that tests clone, unless there is one of these very migrations already. It is
 * built under another name and renamed when it is whole; those of older migrations go, and clones nobody uses any more.
 */
export function ensureTemplate(adminUrl: string, service: string, sets: readonly MigrationSet[]): Promise<string> {
  const family = `template_${service.replaceAll('-', '_')}_`
  const name = family + fingerprint(sets)
  return asAdmin(adminUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [lockKey])
    const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database')
    const found = rows.map(({ datname }) => datname)
    for (const abandoned of abandonedClones(found)) await dropDatabase(admin, abandoned)
    if (found.includes(name)) return name

    const stale = found.filter((other) => other.includes(family))
    for (const other of stale) await dropDatabase(admin, other)
    const building = `building_${name}`
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(building)}`)
    await allowingNetwork(adminUrl, () => migrateUp(databaseUrl(adminUrl, building), sets))
    await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(building)} RENAME TO ${pg.escapeIdentifier(name)}`)
    return name
  })
}

function fingerprint(sets: readonly MigrationSet[]): string {
  const hash = createHash('sha256')
  for (const set of sets) {
    for (const { name, checksum } of readMigrations(set)) hash.update(`${set.schema}/${name}/${checksum}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}
