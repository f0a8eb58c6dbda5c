import pg from 'pg'
import { allowingNetwork } from '../network/allowed.ts'

/** Address of another database on the same server. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

export async function connectAsAdmin(adminUrl: string): Promise<pg.Client> {
  return connectTo(adminUrl, 'testing')
}

/** Past the guard of the network: this is the framework's own connection, which may be idle for as long as tests take. */
export async function connectTo(url: string, application: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: application })
  client.on('error', () => {}) // it is lost: whoever uses it next is told that it is not queryable
  await allowingNetwork(url, () => client.connect())
  await client.query(withoutTimeouts)
  return client
}

/** Not each version has each of them. */
const withoutTimeouts = `
  SELECT set_config(name, '0', false) FROM pg_settings
  WHERE name IN ('idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout')`

export async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAsAdmin(adminUrl)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export async function databasesOf(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database')
  return rows.map(({ datname }) => datname)
}

export async function dropDatabase(admin: pg.Client, name: string) {
  await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
}

/**
 * Copying files takes 20 ms where writing every page to the log takes 30; but on a server that waits for its disk, the
 * copy and the drop each wait for a checkpoint besides.
 */
export async function copyDatabase(admin: pg.Client, template: string, name: string) {
  const { rows } = await admin.query<{ fsync: string }>('SHOW fsync')
  const strategy = rows[0]?.fsync === 'off' ? 'FILE_COPY' : 'WAL_LOG'
  await admin.query(
    `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY ${strategy}`,
  )
}
