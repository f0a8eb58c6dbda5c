import { createHash } from 'node:crypto'
import { migrateUp, readMigrations, type MigrationSet } from '@slipway/database'
import pg from 'pg'
import { allowingNetwork } from '../network/allowed.ts'
import { connectAsAdmin, databasesOf, databaseUrl, dropDatabase } from './admin.ts'
import { buildingName, keptOf, templateName } from './names.ts'
import { alone, dropUnused, share } from './unused.ts'

export interface Template {
  name: string
  /** Lets others drop it, once their migrations are different. */
  release(): Promise<void>
}

/**
 * The migrated, empty database that tests clone. It is made unless there is one of these very migrations already, and
 * then those of other migrations go that nobody uses. It is built under another name and renamed when it is whole, so
 * that what a crash leaves behind is not taken.
 */
export async function acquireTemplate(
  adminUrl: string,
  service: string,
  sets: readonly MigrationSet[],
): Promise<Template> {
  const name = templateName(service, fingerprint(sets))
  const admin = await connectAsAdmin(adminUrl)
  try {
    await alone(admin, async () => {
      await share(admin, name)
      const found = await databasesOf(admin)
      if (found.includes(name)) return
      await dropUnused(admin, keptOf(found, service))
      const building = buildingName(name)
      await dropDatabase(admin, building)
      await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(building)}`)
      await allowingNetwork(adminUrl, () => migrateUp(databaseUrl(adminUrl, building), sets))
      await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(building)} RENAME TO ${pg.escapeIdentifier(name)}`)
    })
  } catch (error) {
    await admin.end()
    throw error
  }
  return { name, release: () => admin.end() }
}

function fingerprint(sets: readonly MigrationSet[]): string {
  const hash = createHash('sha256')
  for (const set of sets) {
    for (const { name, checksum } of readMigrations(set)) hash.update(`${set.schema}/${name}/${checksum}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}
