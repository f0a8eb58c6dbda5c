import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@slipway/embedded-postgres'

export interface Databases {
  /** Address of each database by its name. */
  urls: Record<string, string>
  /** Absent when every database is elsewhere. */
  postgres?: EmbeddedPostgres
}

export const variableFor = (database: string) => `DATABASE_URL_${database.toUpperCase().replaceAll('-', '_')}`

/** Addresses from the environment (`DATABASE_URL_CART`, ...); for the rest an embedded PostgreSQL with a database each. */
export async function openDatabases(
  needed: readonly string[],
  environment: Environment,
  options: { dataDir: string; password: string; log: (line: string) => void },
): Promise<Databases> {
  const given = needed.flatMap((name) => {
    const url = environment[variableFor(name)]
    return url ? [[name, url] as const] : []
  })
  const urls: Record<string, string> = Object.fromEntries(given)
  const missing = needed.filter((name) => !urls[name])
  if (missing.length === 0) return { urls }

  const postgres = await startEmbeddedPostgres({
    dataDir: join(options.dataDir, 'postgres'),
    durable: true,
    password: options.password,
    log: options.log,
  })
  for (const name of missing) {
    await postgres.createDatabase(name)
    urls[name] = postgres.url(name)
  }
  return { urls, postgres }
}
