import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmbeddedPostgres } from './index.ts'
import { giveTo } from './run-as.ts'
import { query, runtimeDir, scratch } from './testing/scratch.ts'
import { supervise } from './testing/supervise.ts'

const isRoot = process.getuid!() === 0
const nobody = { uid: 65534, gid: 65534 }

test.runIf(isRoot)(
  'root keeps the data under a home that only root may enter, whoever it was restored by',
  async () => {
    const dataDir = join(scratch('a home of root-'), 'check out/.slipway/postgres')
    expect(statSync(dirname(dirname(dirname(dataDir)))).mode & 0o777).toBe(0o700)
    const plan = { dataDir, durable: true, password: 'secret', runtimeDir }
    const first = await startEmbeddedPostgres(plan)
    // Parallel workers, a new database and a checkpoint are made by other processes than the one that started.
    await query(first.adminUrl, 'CREATE TABLE kept AS SELECT * FROM generate_series(1, 1000) AS n')
    await first.createDatabase('cart')
    const url = new URL(first.adminUrl)
    url.searchParams.set('options', '-c debug_parallel_query=on')
    expect(await query(url.href, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 1000 }])
    await query(first.adminUrl, 'CHECKPOINT')
    expect(await query(first.adminUrl, "SELECT current_setting('slipway.data_folder') AS folder")).toEqual([
      { folder: dataDir },
    ])
    await first.stop()
    expect(statSync(dataDir).uid).not.toBe(0)

    await giveTo({ uid: 0, gid: 0 }, dataDir)
    const restored = await startEmbeddedPostgres(plan)
    expect(await query(restored.url('cart'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await restored.stop()
  },
)

test.runIf(isRoot)('a plain user needs nothing but a folder; root may then start it too', async ({ skip }) => {
  if (!reachesUs(nobody)) return skip('the checkout is out of a plain user’s reach')
  const home = scratch()
  chownSync(home, nobody.uid, nobody.gid)
  const dataDir = join(home, 'check out/.slipway/postgres')
  const plan = { dataDir, durable: true, password: 'secret' }
  const supervisor = supervise('start', plan, { ...nobody, cwd: home, env: { HOME: home } })
  await query(await supervisor.hear('ready'), 'CREATE TABLE kept AS SELECT 42 AS answer')
  expect(statSync(join(dataDir, '../postgres-binaries')).uid).toBe(nobody.uid)
  await supervisor.stop()

  const server = await startEmbeddedPostgres({ ...plan, runtimeDir })
  expect(await query(server.adminUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await server.stop()
})

test.runIf(isRoot)('a plain user is told whose the data is', async ({ skip }) => {
  if (!reachesUs(nobody)) return skip('the checkout is out of a plain user’s reach')
  const home = scratch()
  chownSync(home, nobody.uid, nobody.gid)
  mkdirSync(join(home, 'postgres'), { mode: 0o700 })
  const plan = {
    dataDir: join(home, 'postgres'),
    durable: true,
    password: 'secret',
    runtimeDir: join(home, 'binaries'),
  }
  const supervisor = supervise('start', plan, { ...nobody, cwd: home, env: {} })
  expect(await supervisor.outcome()).toEqual({ failed: 'UnusableDataFolder' })
  expect(await supervisor.hear('message')).toMatch(/belongs to user 0: start as the user who made it, or as root/)
})

function reachesUs(user: { uid: number; gid: number }) {
  try {
    execFileSync(process.execPath, ['-e', `fs.readdirSync(${JSON.stringify(import.meta.dirname)})`], {
      ...user,
      cwd: '/',
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
