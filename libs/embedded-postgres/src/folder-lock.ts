import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { FolderInUse } from './errors.ts'
import { isAlive, thisProcess, type ProcessId } from './processes.ts'

export interface FolderLock {
  /** Gives the folder free. Safe to repeat. The lock's files stay: whoever waits for it has them open. */
  release(): void
}

interface Holder extends ProcessId {
  /** RFC 3339. */
  since: string
}

/**
 * Holds a folder for this process, until `release()` or until the process is gone, however it ends. The folder is made
 * (mode 700) if absent; the lock is its files `lock` and `lock.json`: empty the folder around them, do not delete them.
 *
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return lockFile(join(folder, 'lock'), { folder })
}

/**
 * The lock itself is the kernel's, on the file `path`, taken through SQLite since Node has no other way to it. So there
 * is nothing stale to take over after a crash and no pid to trust; `path`.json only says who holds it. The file must not
 * be opened in any other way in this process: POSIX drops a process's locks when it closes any descriptor of the file.
 */
export async function lockFile(path: string, { folder = dirname(path), waitMs = 0 } = {}): Promise<FolderLock> {
  const start = performance.now()
  for (;;) {
    const database = tryLock(path)
    if (database) return held(path, database)
    // Two that try in the same instant may both be refused; then there is no holder, and they try again.
    const holder = readHolder(path)
    if (performance.now() - start >= (holder ? waitMs : waitMs + graceMs)) throw new FolderInUse(folder, holder)
    await pause(10 + (process.pid % 16))
  }
}

const graceMs = 2_000
const SQLITE_BUSY = 5

function tryLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 0 })
    chmodSync(path, 0o600)
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database?.close()
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY) return undefined
    throw new Error(`The file ${path} cannot be locked: ${(error as Error).message}.`, { cause: error })
  }
}

/** Whoever drops a lock's object has not released it: without this the garbage collector would. */
const kept = new Set<DatabaseSync>()

function held(path: string, database: DatabaseSync): FolderLock {
  kept.add(database)
  record(path, { ...thisProcess(), since: new Date().toISOString() })
  return {
    release() {
      if (!kept.delete(database)) return
      rmSync(`${path}.json`, { force: true })
      database.close()
    },
  }
}

function record(path: string, holder: Holder) {
  try {
    writeFileSync(`${path}.json.new`, JSON.stringify(holder), { mode: 0o600 })
    renameSync(`${path}.json.new`, `${path}.json`)
  } catch {
    // A full disk: the lock holds without it.
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Holder
    return isAlive(holder) ? holder : undefined
  } catch {
    return undefined
  }
}
