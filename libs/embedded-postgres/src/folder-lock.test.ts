import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { FolderInUse, lockFolder } from './index.ts'
import { scratch } from './testing/scratch.ts'
import { supervise } from './testing/supervise.ts'

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as FolderInUse,
  )

test('the second is told who holds the folder, and since when; release gives it free', async () => {
  const folder = join(scratch(), 'new/.slipway')
  const before = new Date()
  const lock = await lockFolder(folder)
  const refusal = await refusalOf(lockFolder(folder))
  expect(refusal).toBeInstanceOf(FolderInUse)
  expect(refusal).toMatchObject({ folder, pid: process.pid })
  expect(refusal?.since?.getTime()).toBeGreaterThanOrEqual(before.getTime())
  expect(refusal?.message).toBe(
    `${folder} is in use by process ${process.pid}, since ${refusal?.since?.toISOString()}.`,
  )

  lock.release()
  lock.release()
  const again = await lockFolder(folder)
  again.release()
})

test('of many processes that start at once, on what a dead one left, one gets the folder', async () => {
  const folder = scratch()
  const dead = supervise('lock', folder)
  await dead.hear('ready')
  expect(await refusalOf(lockFolder(folder))).toMatchObject({ pid: dead.pid })
  await dead.kill()

  const starters = Array.from({ length: 5 }, () => supervise('lock', folder))
  const outcomes = await Promise.all(starters.map((starter) => starter.outcome()))
  const winners = starters.filter((_, index) => 'ready' in outcomes[index]!)
  expect(winners).toHaveLength(1)
  expect(outcomes.filter((outcome) => 'failed' in outcome && outcome.failed === 'FolderInUse')).toHaveLength(4)
  expect(await refusalOf(lockFolder(folder))).toMatchObject({ pid: winners[0]!.pid })
  await Promise.all(starters.map((starter) => starter.stop()))
  const lock = await lockFolder(folder)
  lock.release()
})

test('a record of a live process that holds nothing does not keep anybody out', async () => {
  const folder = scratch()
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'lock.json'),
    JSON.stringify({ pid: process.ppid, started: 'before', since: '2026-01-01T00:00:00Z' }),
  )
  const lock = await lockFolder(folder)
  lock.release()
})

test('a lock holds though nobody keeps its object', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const folder = scratch()
  await lockFolder(folder)
  for (let round = 0; round < 3; round++) {
    await new Promise(setImmediate)
    collectGarbage()
  }
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
})
