import pg from 'pg'

export const superuser = 'postgres'

export interface Address {
  readonly port: number
  readonly password: string
}

export const urlOf = ({ port, password }: Address, database: string) =>
  `postgresql://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`

/** Runs work on a connection of its own to the database `postgres`. */
export async function withConnection<T>(
  { port, password }: Address,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5_000,
    query_timeout: 60_000,
  })
  // Without a listener a connection that the server drops between two queries would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Creates the database unless it is there; safe when many do it at once. */
export async function createDatabase(address: Address, name: string): Promise<void> {
  await withConnection(address, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    try {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`)
    } catch (error) {
      if (!madeByAnother.has((error as pg.DatabaseError).code ?? '')) throw error
    }
  })
}

/** duplicate_database, unique_violation. */
const madeByAnother = new Set(['42P04', '23505'])
