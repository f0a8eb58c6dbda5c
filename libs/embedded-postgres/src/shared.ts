import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { truePath } from './data-folder.ts'
import { lockFile } from './folder-lock.ts'
import { launch } from './launch.ts'
import { isAlive, thisProcess, type ProcessId } from './processes.ts'

export interface SharedPostgresOptions {
  runtimeDir?: string
  log?: (line: string) => void
  /** For whoever comes first: the others take the server as it runs. */
  settings?: Record<string, string>
}

export interface SharedPostgres {
  readonly port: number
  readonly adminUrl: string
  url(database: string): string
  createDatabase(name: string): Promise<void>
  /** The last user stops the server. Safe to repeat. */
  release(): Promise<void>
  readonly exited: Promise<Error>
}

/**
 * One throw-away server for many processes (test workers): the first starts it, the last to release it stops it, and
 * one that dies without releasing counts no longer. If the very last dies so, the server stays for the next to adopt.
 */
export async function acquireSharedPostgres(
  folder: string,
  options: SharedPostgresOptions = {},
): Promise<SharedPostgres> {
  const home = await truePath(folder)
  const users = join(home, 'users')
  mkdirSync(users, { recursive: true, mode: 0o700 })
  const log = options.log ?? (() => {})

  return exclusively(home, async () => {
    const anySettings = liveUsers(users) > 0
    const { stop, leave, ...server } = await launch({
      ...options,
      ...{ log, anySettings, durable: false, dataDir: join(home, 'data'), password: passwordIn(home) },
    })
    const registration = join(users, randomUUID())
    writeWhole(registration, JSON.stringify(thisProcess()))
    let released: Promise<void> | undefined
    const release = () =>
      exclusively(home, async () => {
        rmSync(registration, { force: true })
        if (liveUsers(users) === 0) await stop()
        else leave()
      })
    return { ...server, release: () => (released ??= release()) }
  })
}

/** Long enough for somebody else's first start, in which the database is created. */
async function exclusively<T>(home: string, work: () => Promise<T>): Promise<T> {
  const lock = await lockFile(join(home, 'lock'), { waitMs: 120_000 })
  try {
    return await work()
  } finally {
    lock.release()
  }
}

/** Counts them, and forgets the dead. */
function liveUsers(users: string): number {
  return readdirSync(users).filter((name) => {
    const file = join(users, name)
    if (isAlive(JSON.parse(readFileSync(file, 'utf8')) as ProcessId)) return true
    rmSync(file, { force: true })
    return false
  }).length
}

function passwordIn(home: string): string {
  const file = join(home, 'password')
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    writeWhole(file, randomBytes(16).toString('hex'))
    return readFileSync(file, 'utf8')
  }
}

function writeWhole(file: string, text: string) {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
