import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { copyPackage } from './copy-package.ts'
import { EmbeddedPostgresError, NoDiskSpace, UnsupportedPlatform } from './errors.ts'
import { lockFile } from './folder-lock.ts'
import type { NativePackage } from './native-package.ts'
import { asUser, type User } from './run-as.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Makes sure of a complete copy of the package that the user can run, in the first of the folders that will do. The
 * copy is needed since `node_modules` lacks the libraries' links, and may be out of `nobody`'s reach.
 */
export async function prepareBinaries(
  pack: NativePackage,
  user: User | undefined,
  places: string[],
  log: (line: string) => void,
) {
  const refusals: string[] = []
  let full: unknown
  for (const place of places) {
    try {
      openPlace(place)
      const lock = await lockFile(join(place, 'lock'), { waitMs: 60_000 })
      try {
        const copy = join(place, pack.id)
        if (!existsSync(copy)) log(`Unpacking PostgreSQL ${pack.id} into ${place}`)
        copyPackage(pack, copy)
        return tryOut(copy, user)
      } finally {
        lock.release()
      }
    } catch (error) {
      if (error instanceof EmbeddedPostgresError) throw error
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') full ??= error
      refusals.push(`${place}: ${(error as Error).message.trim()}`)
    }
  }
  if (full) throw new NoDiskSpace(places.join(', '), full)
  throw new UnsupportedPlatform(`PostgreSQL cannot be run from any of these folders (${refusals.join('; ')})`)
}

/** For ourselves beside the data; for root where `nobody` gets to; a temporary folder where those may not execute. */
export function placesFor(dataDir: string, user: User | undefined): string[] {
  const own = `slipway-postgres-${process.getuid?.() ?? 0}`
  const beside = user ? join('/var/cache', own) : join(dirname(dataDir), 'postgres-binaries')
  return [...new Set([beside, join('/var/tmp', own), join(tmpdir(), own)])]
}

/** Refuses a folder in which somebody else could plant, or could have planted, a program. */
function openPlace(place: string) {
  if (/["$`\\\n]/.test(place)) throw new Error('its path has characters that initdb cannot quote')
  const parent = statSync(dirname(place))
  if (parent.mode & 0o002 && !(parent.mode & 0o1000))
    throw new Error('anybody may replace what is in its parent folder')
  try {
    mkdirSync(place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = lstatSync(place)
  if (!found.isDirectory()) throw new Error('it is not a folder')
  if (found.uid !== process.getuid?.()) throw new Error(`it belongs to user ${found.uid}`)
  if (found.mode & 0o022) throw new Error('others may write to it')
  chmodSync(place, 0o755)
}

/** Fails where the folder cannot be reached or executed from (`noexec`), and where the C library does not fit. */
function tryOut(copy: string, user: User | undefined): Binaries {
  const postgres = join(copy, 'bin/postgres')
  try {
    execFileSync(postgres, ['--version'], { ...asUser(user), cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UnsupportedPlatform('The PostgreSQL of npm needs glibc, which this system lacks')
    if (code === 'EPERM') throw new UnsupportedPlatform(`Root may not run PostgreSQL as user ${user?.uid} here`)
    throw error
  }
  return { postgres, initdb: join(copy, 'bin/initdb') }
}
