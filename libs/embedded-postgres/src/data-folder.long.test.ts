import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { hasCluster } from './data-folder.ts'
import { FolderInUse, startEmbeddedPostgres } from './index.ts'
import { contents, query, runtimeDir, scratch } from './testing/scratch.ts'
import { supervise } from './testing/supervise.ts'

const plan = (dataDir: string) => ({ dataDir, durable: true, password: 'secret', runtimeDir })

test.each([
  ['without PG_VERSION', { 'photo.jpg': 'x' }, /is not empty but lacks its file PG_VERSION/],
  ['with garbage in PG_VERSION', { PG_VERSION: '\0\0\0' }, /is damaged: its file PG_VERSION holds no version/],
  ['of another version', { PG_VERSION: '17\n' }, /was made by PostgreSQL 17 and this is 18/],
  ['of throw-away data', { PG_VERSION: '18\n', SLIPWAY_DISPOSABLE: '' }, /was made for throw-away data/],
])('a folder %s is refused and left as it is', async (_, files, reason) => {
  const dataDir = join(scratch(), 'postgres')
  mkdirSync(dataDir)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, name), text)
  const before = contents(dataDir)
  await expect(startEmbeddedPostgres(plan(dataDir))).rejects.toMatchObject({
    name: 'UnusableDataFolder',
    folder: dataDir,
    message: expect.stringMatching(reason) as string,
  })
  expect(contents(dataDir)).toEqual(before)
})

test('durable data is not run without fsync', async () => {
  const dataDir = scratch()
  writeFileSync(join(dataDir, 'PG_VERSION'), '18\n')
  expect(await hasCluster(dataDir, { major: 18, durable: true })).toBe(true)
  await expect(hasCluster(dataDir, { major: 18, durable: false })).rejects.toThrow(/holds durable data/)
})

test('after a first start that was killed half way two start at once: one runs, the other says who', async () => {
  const home = scratch()
  const dataDir = join(home, 'postgres')
  const drafts = () => readdirSync(home).filter((name) => name.startsWith('postgres.draft-'))
  const first = supervise('start', plan(dataDir))
  await first.hear('log', 'Creating the database')
  const begun = () => expect(existsSync(join(home, drafts()[0]!, 'data/PG_VERSION'))).toBe(true)
  await vi.waitFor(begun, { timeout: 10_000, interval: 5 })
  await first.kill()
  expect(existsSync(dataDir)).toBe(false)
  expect(drafts()).toHaveLength(1)

  const starters = [supervise('start', plan(dataDir)), supervise('start', plan(dataDir))]
  const outcomes = await Promise.all(starters.map((starter) => starter.outcome()))
  const [winner, ...others] = starters.filter((_, index) => 'ready' in outcomes[index]!)
  expect(others).toEqual([])
  expect(outcomes).toContainEqual({ failed: 'FolderInUse' })
  await expect(startEmbeddedPostgres(plan(dataDir))).rejects.toMatchObject({ name: FolderInUse.name, pid: winner!.pid })
  await Promise.all(starters.map((starter) => starter.stop()))

  const server = await startEmbeddedPostgres(plan(dataDir))
  expect(await query(server.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await server.stop()
  expect(drafts()).toEqual([])
})
