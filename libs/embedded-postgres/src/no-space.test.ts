import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { NoDiskSpace, startEmbeddedPostgres } from './index.ts'
import { runtimeDir, scratch } from './testing/scratch.ts'

/** A disk of its own, if we may mount one. */
function smallDisk(size: string) {
  const folder = join(scratch(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return folder
}

test('a full disk is said to be one, and room is all that is needed to go on', async ({ skip }) => {
  const disk = smallDisk('12m')
  if (!disk) return skip('may not mount a small disk')
  const dataDir = join(disk, 'postgres')
  const plan = { dataDir, durable: true, password: 'secret' }
  await expect(startEmbeddedPostgres({ ...plan, runtimeDir: join(disk, 'binaries') })).rejects.toThrow(NoDiskSpace)
  expect(readdirSync(join(disk, 'binaries'))).toEqual(['lock'])
  await expect(startEmbeddedPostgres({ ...plan, runtimeDir })).rejects.toThrow(NoDiskSpace)
  expect(readdirSync(disk).sort()).toEqual(['binaries', 'postgres.lock'])

  execFileSync('mount', ['-o', 'remount,size=200m', disk])
  await (await startEmbeddedPostgres({ ...plan, runtimeDir })).stop()
})
