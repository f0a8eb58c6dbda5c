import { join } from 'node:path'
import type { Environment } from '@slipway/config'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@slipway/embedded-postgres'
import pg from 'pg'

export interface Databases {
  /** Address of each database by its name. */
  urls: Record<string, string>
  /** Absent when every database is elsewhere. */
  postgres?: EmbeddedPostgres
}

export const variableFor = (database: string) => `DATABASE_URL_${database.toUpperCase().replaceAll('-', '_')}`

/**
 * Addresses from the environment (`DATABASE_URL_CART`, ...); for the rest a database each on the server of `DATABASE_URL`,
 * made when they are not there, or else on an embedded PostgreSQL.
 */
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

  const server = environment['DATABASE_URL']
  if (server) {
    await createDatabases(server, missing)
    return { urls: { ...urls, ...Object.fromEntries(missing.map((name) => [name, databaseOn(server, name)])) } }
  }

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

async function createDatabases(server: string, names: readonly string[]) {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>('SELECT datname AS name FROM pg_database')
    const there = new Set(rows.map(({ name }) => name))
    for (const name of names)
      if (!there.has(name)) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`)
  } finally {
    await client.end()
  }
}

function databaseOn(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
