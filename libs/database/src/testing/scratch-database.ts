import pg from 'pg'
import { inject } from 'vitest'
import { processDatabase } from './process-database.ts'

/** An empty database for one test file. */
export async function scratchDatabase() {
  const adminUrl = inject('postgresUrl' as never) as string
  const name = processDatabase('scratch')
  const asAdmin = async (sql: string) => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await asAdmin(`CREATE DATABASE ${name}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`) }
}
