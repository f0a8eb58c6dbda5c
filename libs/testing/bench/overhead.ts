import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TransactionPool } from '@slipway/database'
import type { ServiceDefinition } from '@slipway/service-kit'
import type { TObject } from 'typebox'
import { cloneForTest, cloneForWorker } from '../src/postgres/clone.ts'
import { RollbackConnection } from '../src/postgres/rollback.ts'
import { acquireTestPostgres } from '../src/postgres/server.ts'
import { acquireTemplate } from '../src/postgres/template.ts'
import { kiosk } from '../src/testing/kiosk.ts'
import { startWorld } from '../src/world.ts'
import { median, measure } from './measure.ts'

/**
 * What a test costs besides its body, in milliseconds: `node libs/testing/bench/overhead.ts [path of an app.ts]`. A
 * small service is measured unless a path is given.
 */
type Definition = ServiceDefinition<TObject, unknown, never>

const rounds = 200
const definition = await definitionAt(process.argv[2])
const postgres = await acquireTestPostgres()
const template = await acquireTemplate(postgres.adminUrl, definition.name, definition.migrations)
const clone = await cloneForWorker(postgres.adminUrl, template.name)
const connection = await RollbackConnection.open(clone.url)

/** What a test may do: three statements by themselves, three in a transaction; they leave nothing behind. */
async function body(pool: TransactionPool) {
  const id = randomUUID()
  await pool.query(`INSERT INTO messaging.inbox (event_id, job) VALUES ($1, 'bench')`, [id])
  await pool.query('SELECT FROM messaging.inbox WHERE event_id = $1', [id])
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query(`INSERT INTO messaging.inbox (event_id, job) VALUES ($1, 'bench 2')`, [id])
  await client.query('SELECT FROM messaging.inbox WHERE event_id = $1', [id])
  await client.query('SELECT 1')
  await client.query('COMMIT')
  client.release()
  await pool.query('DELETE FROM messaging.inbox WHERE event_id = $1', [id])
}

const plain = new TransactionPool({ connectionString: clone.url })
const bare: number[] = []
const rolledBack: number[] = []
for (let round = 0; round < rounds; round++) {
  bare.push(await measure(() => body(plain)))
  rolledBack.push(
    await measure(async () => {
      const transaction = await connection.begin()
      const pool = transaction.createPool({})
      await body(pool)
      await pool.end()
      await transaction.rollBack()
    }),
  )
}
await plain.end()

const starts: number[] = []
const stops: number[] = []
for (let round = 0; round < rounds / 2; round++) {
  const connections = await connection.begin()
  const options = {
    environment: { CART_URL: 'http://cart.test/cart' },
    databaseUrl: clone.url,
    connections,
  }
  let stop = async () => {}
  starts.push(
    await measure(async () => {
      const world = await startWorld(definition, options)
      stop = world.stop
    }),
  )
  stops.push(await measure(() => stop()))
  await connections.rollBack()
}

const clones: number[] = []
const drops: number[] = []
for (let round = 0; round < rounds / 4; round++) {
  let drop = async () => {}
  clones.push(
    await measure(async () => {
      const fresh = await cloneForTest(postgres.adminUrl, template.name)
      drop = fresh.release
    }),
  )
  drops.push(await measure(() => drop()))
}

await connection.close()
await clone.release()
await template.release()
await postgres.release()

const line = (name: string, ms: number, wanted = '') =>
  console.log(`${name.padEnd(44)} ${ms.toFixed(2).padStart(8)}  ${wanted}`)
console.log(`${definition.name}: medians in ms of ${rounds} rounds`)
line('a body of six statements', median(bare))
line('the same, rolled back', median(rolledBack))
line('overhead of the rollback', median(rolledBack) - median(bare), 'wanted: 5')
line('start of the service in a test', median(starts))
line('its stop', median(stops))
line('a clone', median(clones), 'wanted: 100')
line('its drop', median(drops))

/** The service that an app.ts exports. */
async function definitionAt(path: string | undefined): Promise<Definition> {
  if (!path) return kiosk as unknown as Definition
  const app = (await import(pathToFileURL(resolve(path)).href)) as Record<string, { definition?: Definition }>
  const found = Object.values(app).find((exported) => exported.definition)?.definition
  if (!found) throw new Error(`${path} exports no service`)
  return found
}
