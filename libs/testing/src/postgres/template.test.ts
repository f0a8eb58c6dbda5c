import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { processDatabase } from '@slipway/database/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { asAdmin, databaseUrl, dropDatabase } from './admin.ts'
import { cloneForWorker } from './clone.ts'
import { acquireTemplate } from './template.ts'
import { databasesLike, freshService } from './testing/databases.ts'

const adminUrl = inject('postgresUrl')
let service: string
let folder: string

beforeEach(() => {
  service = freshService()
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  migration('1_shelf', 'CREATE TABLE shelf (id int)')
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await asAdmin(adminUrl, async (admin) => {
    for (const { name } of await databases()) await dropDatabase(admin, name)
  })
})

function migration(name: string, sql: string) {
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}
const sets = () => [{ schema: 'public', folder: pathToFileURL(`${folder}/`) }]
/** By a process that goes on using it until it releases it. */
const acquire = (of = service) => acquireTemplate(adminUrl, of, sets())
const databases = () => databasesLike(service)
const names = async () => (await databases()).map(({ name }) => name)
const tables = (database: string) =>
  asAdmin(databaseUrl(adminUrl, database), async (client) => {
    const { rows } = await client.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    )
    return rows.map(({ tablename }) => tablename)
  })
/** One that nobody uses at the moment, with a clone. */
async function leaveBehind(of = service) {
  const template = await acquire(of)
  const clone = await cloneForWorker(adminUrl, template.name)
  await Promise.all([clone.release(), template.release()])
  return [template.name, `worker_1_of_${template.name}`]
}

test('a template is made once, also by processes that start at once, and kept', async () => {
  const [one, other] = await Promise.all([acquire(), acquire()])
  expect(other.name).toBe(one.name)
  const made = await databases()
  expect(made).toEqual([{ name: one.name, oid: expect.any(Number) }])
  await Promise.all([one.release(), other.release()])

  const later = await acquire()
  await later.release()
  expect(await databases()).toEqual(made)
})

test('other migrations make another, and what nobody uses of the old ones goes', async () => {
  await leaveBehind()
  migration('2_book', 'CREATE TABLE book (id int)')
  const { name, release } = await acquire()
  await release()
  expect(await tables(name)).toEqual(['_prisma_migrations', 'book', 'shelf'])
  expect(await names()).toEqual([name])
})

test('what is in use stays, such as that of another branch', async () => {
  const old = await acquire()
  const clone = await cloneForWorker(adminUrl, old.name)
  migration('2_book', 'CREATE TABLE book (id int)')
  const { name, release } = await acquire()
  await release()
  expect(await names()).toEqual([name, old.name, `worker_1_of_${old.name}`].toSorted())
  await Promise.all([clone.release(), old.release()])
})

test('what somebody looks at stays too', async () => {
  const [old] = await leaveBehind()
  const { name, release } = await asAdmin(databaseUrl(adminUrl, old!), () => {
    migration('2_book', 'CREATE TABLE book (id int)')
    return acquire()
  })
  await release()
  expect(await names()).toEqual([name, old].toSorted())
})

test('so does what is of a service whose name begins alike', async () => {
  const others = await leaveBehind(`${service}-admin`)
  const own = await acquire()
  await own.release()
  expect(await names()).toEqual([own.name, ...others].toSorted())
})

test('one that was left half built is not taken', async () => {
  const slow = processDatabase('slow')
  await asAdmin(adminUrl, (admin) => admin.query(`CREATE DATABASE ${slow}`))
  const waits = `IF EXISTS (SELECT FROM pg_database WHERE datname = '${slow}') THEN PERFORM pg_sleep(600); END IF;`
  migration('2_slow', `DO $$ BEGIN ${waits} END $$; CREATE TABLE book (id int)`)

  const module = JSON.stringify(new URL('template.ts', import.meta.url))
  const given = JSON.stringify([adminUrl, service, [{ schema: 'public', folder: pathToFileURL(`${folder}/`) }]])
  const crashing = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { acquireTemplate } from ${module}
     const [adminUrl, service, sets] = ${given}
     await acquireTemplate(adminUrl, service, sets.map((set) => ({ ...set, folder: new URL(set.folder) })))`,
  ])
  await expect
    .poll(async () => [...(await names()), ...(await asleep())])
    .toEqual([expect.stringMatching(/^building_/), 1])
  crashing.kill('SIGKILL')
  await once(crashing, 'exit')
  await asAdmin(adminUrl, (admin) => dropDatabase(admin, slow))

  const { name, release } = await acquire()
  await release()
  expect(await names()).toEqual([name])
  expect(await tables(name)).toEqual(['_prisma_migrations', 'book', 'shelf'])
})

/** One for each connection that waits in a migration of ours. */
const asleep = () =>
  asAdmin(adminUrl, async (admin) => {
    const like = `building_template_${service.replaceAll('-', '_')}%`
    const { rows } = await admin.query<{ one: number }>(
      `SELECT 1 AS one FROM pg_stat_activity WHERE datname LIKE $1 AND wait_event = 'PgSleep'`,
      [like],
    )
    return rows.map(({ one }) => one)
  })
