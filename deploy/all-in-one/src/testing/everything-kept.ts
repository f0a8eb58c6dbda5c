import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** One thing that the platform keeps, as text: a row of a table, or a file. */
export interface Kept {
  readonly where: string
  readonly text: string
}

/** Every row of every table of every database of a running platform. */
export async function everyRow(dataDir: string): Promise<Kept[]> {
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  const { POSTGRES_PASSWORD } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >
  const url = (database: string) => `postgresql://postgres:${POSTGRES_PASSWORD}@127.0.0.1:${port}/${database}`
  const databases = await rowsOf(url('postgres'), 'SELECT datname AS name FROM pg_database WHERE NOT datistemplate')
  const kept = await Promise.all(databases.map(async ({ name }) => everyRowOf(name!, url(name!))))
  return kept.flat()
}

async function everyRowOf(database: string, url: string): Promise<Kept[]> {
  const tables = await rowsOf(
    url,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const kept: Kept[] = []
  for (const { name } of tables)
    for (const { row } of await rowsOf(url, `SELECT t::text AS row FROM ${name} t`))
      kept.push({ where: `${database}: ${name}`, text: row! })
  return kept
}

async function rowsOf(url: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, string>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Every file under a folder: traces, PostgreSQL's own log, its data and its write-ahead log. */
export function everyFile(folder: string): Kept[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => ({ where: path, text: readFileSync(path, 'latin1') }))
}
