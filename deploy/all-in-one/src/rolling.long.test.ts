import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '@slipway/embedded-postgres'
import { services } from '@slipway/platform'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dataFolder, Platform } from './testing/platform.ts'
import { Shopper } from './testing/shopper.ts'

/** What a release does to the one that still runs: the schema grows under it, and it is told to stop while it works. */
const folder = dataFolder()
const dataDir = join(folder.dataDir, 'postgres')
const patience = { timeout: 30_000, interval: 20 }
const cli = fileURLToPath(new URL('../../../tools/cli/src/main.ts', import.meta.url))
let platform: Platform
let url: string
let password: string
let databaseUrl: (name: string) => string
const open: pg.Client[] = []

beforeAll(async () => {
  platform = Platform.launch({ dataDir: folder.dataDir })
  url = await platform.ready()
  password = JSON.parse(readFileSync(join(folder.dataDir, 'secrets.json'), 'utf8')).POSTGRES_PASSWORD
  const found = (await findEmbeddedPostgres({ dataDir, password }))!
  databaseUrl = (name) => found.url(name)
})
afterAll(async () => {
  await Promise.all(open.map((client) => client.end().catch(() => {})))
  await platform.stop('SIGKILL')
  const left = await startEmbeddedPostgres({ dataDir, durable: true, password })
  await left.stop()
  folder.remove()
})

async function connect(connectionString: string) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {}) // the server is stopped under it
  await client.connect()
  open.push(client)
  return client
}

describe('a release beside the one that runs', { shuffle: false }, () => {
  test('the running release goes on while every table of every service gets what an expanding migration adds', async () => {
    const journey = () => promisify(execFile)(process.execPath, [cli, 'journey', '--base-url', url])
    await journey() // statements are prepared and plans cached
    const grown = []
    for (const { name } of services) {
      const client = await connect(databaseUrl(name))
      const { rows } = await client.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'pgboss%'`,
      )
      for (const table of rows) {
        await client.query(`ALTER TABLE ${table.name} ADD COLUMN next_release_note text,
        ADD COLUMN next_release_count integer NOT NULL DEFAULT 0`)
        grown.push(table.name)
      }
      await client.query('CREATE TABLE next_release (id uuid PRIMARY KEY)')
    }
    expect(grown).toEqual(expect.arrayContaining(['public.carts', 'public.payments', 'public.users']))
    expect((await journey()).stdout).toContain('The journey is right')
  })

  test('told to stop, it lets nobody in, answers whom it serves, finishes the job in hand, and ends the database last', async () => {
    const shopper = new Shopper(url)
    await shopper.register()
    await shopper.logIn()
    const cart = await shopper.fillCart()
    const { json: payment } = await shopper.pay(cart.id)

    // the job that marks the cart paid, and a request, come as far as the cart's row
    const holder = await connect(databaseUrl('cart'))
    await holder.query('BEGIN')
    await holder.query('SELECT FROM carts WHERE id = $1 FOR UPDATE', [cart.id])
    await shopper.payAtBank(payment)
    const watcher = await connect(databaseUrl('cart'))
    const waiting = async () =>
      (await watcher.query(`SELECT FROM pg_stat_activity WHERE datname = 'cart' AND wait_event_type = 'Lock'`)).rowCount
    await vi.waitFor(async () => expect(await waiting()).toBe(1), patience)
    const answer = shopper.send('DELETE', '/cart/v1/cart')
    await vi.waitFor(async () => expect(await waiting()).toBe(2), patience)

    platform.process.kill('SIGTERM')
    await vi.waitFor(
      () => expect(fetch(`${url}/cart/health/live`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } }),
      patience,
    )
    expect(platform.isRunning).toBe(true)
    await holder.query('COMMIT')
    expect([200, 204, 409]).toContain((await answer).status)
    expect(await platform.exit()).toBe(0)

    // nothing but the database: whatever is there, the stopped platform has done
    const server = await startEmbeddedPostgres({ dataDir, durable: true, password })
    const after = await connect(server.url('cart'))
    const { rows } = await after.query('SELECT status FROM carts WHERE id = $1', [cart.id])
    expect(rows).toEqual([{ status: 'paid' }])
    await after.end()
    await server.stop()
  })
})
