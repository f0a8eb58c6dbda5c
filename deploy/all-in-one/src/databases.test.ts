import { join } from 'node:path'
import { startEmbeddedPostgres } from '@slipway/embedded-postgres'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabases } from './databases.ts'
import { dataFolder } from './testing/platform.ts'

async function currentDatabase(url: string | undefined) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
  await client.end()
  return rows[0]?.name
}

test('on a server that is given each service has a database of its own, but for those with an address', async () => {
  const { dataDir, remove } = dataFolder()
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'server'), durable: false, password: 'given' })
  onTestFinished(async () => {
    await server.stop()
    remove()
  })
  const environment = { DATABASE_URL: server.url('postgres'), DATABASE_URL_SSO: server.url('postgres') }
  const open = () =>
    openDatabases(['sso', 'cart', 'sandbox-bank'], environment, { dataDir, password: '', log: () => {} })

  const { urls, postgres } = await open()
  expect(postgres).toBeUndefined()
  expect(urls['sso']).toBe(environment.DATABASE_URL_SSO)
  expect(await Promise.all([urls['cart'], urls['sandbox-bank']].map(currentDatabase))).toEqual(['cart', 'sandbox-bank'])
  expect(await open()).toEqual({ urls })
})
