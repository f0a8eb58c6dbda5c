import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeLeftovers } from './local-copy.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'leftovers-'))
})
afterEach(() => rm(dir, { recursive: true }))

const leftover = async (name: string) => {
  const folder = join(dir, name)
  await mkdir(folder)
  await writeFile(join(folder, 'upload'), 'x')
  return folder
}
const age = (folder: string) => utimes(folder, 0, 0)

test('old copies go, young ones stay', async () => {
  await age(await leftover('slipway-check-old'))
  await leftover('slipway-check-young')
  await age(await leftover('of somebody else'))
  await removeLeftovers(dir)
  expect((await readdir(dir)).sort()).toEqual(['of somebody else', 'slipway-check-young'])
})

test('one that cannot be removed is left, and the others go', async () => {
  const [foreign, mine] = [await leftover('slipway-check-a'), await leftover('slipway-check-b')]
  for (const [folder, mode] of [
    [foreign, 0o555],
    [mine, 0o777],
    [dir, 0o777],
  ] as const) {
    await age(folder)
    await chmod(folder, mode)
  }
  const user = process.geteuid!()
  if (user === 0) process.seteuid!(65_534) // nothing is forbidden to root
  await removeLeftovers(dir).finally(() => {
    if (user === 0) process.seteuid!(user)
  })
  await chmod(foreign, 0o755)
  expect(await readdir(dir)).toEqual(['slipway-check-a'])
})
