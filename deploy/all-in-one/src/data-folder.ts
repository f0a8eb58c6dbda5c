import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FolderInUse, lockFolder, startEmbeddedPostgres, type FolderLock } from '@slipway/embedded-postgres'
import { Refusal } from './refusal.ts'

const patienceMs = 3_000

/** In the data folder while a restore is under way. */
export const restoring = '.restoring'

/** Makes the data folder (mode 700) where needed and takes its lock. @throws Refusal, FolderInUse */
export async function openDataFolder(dataDir: string, { unfinished = false } = {}): Promise<FolderLock> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (!statSync(dataDir).isDirectory()) throw new Refusal(`${dataDir} is not a folder.`)
    chmodSync(dataDir, 0o700)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`The data folder ${dataDir} cannot be used: ${(error as Error).message}.`)
  }
  const lock = await lockPatiently(dataDir)
  if (unfinished || !existsSync(join(dataDir, restoring))) return lock
  lock.release()
  throw new Refusal(`A restore into ${dataDir} was cut short. Run it again: npm run restore -- <file> --replace`)
}

/** Empties the data folder, whose lock we hold; a PostgreSQL that a killed process left running on it is stopped first. */
export async function emptyDataFolder(dataDir: string, password: string) {
  const postgres = join(dataDir, 'postgres')
  if (existsSync(postgres)) {
    const server = await startEmbeddedPostgres({ dataDir: postgres, durable: true, password }).catch(() => undefined)
    await server?.stop()
  }
  const lockFiles = ['lock', 'lock.json']
  for (const name of readdirSync(dataDir).filter((name) => !lockFiles.includes(name))) {
    rmSync(join(dataDir, name), { recursive: true })
  }
}

/** A platform that is just stopping is waited for; one that runs is named at once after that. */
async function lockPatiently(dataDir: string): Promise<FolderLock> {
  for (const until = Date.now() + patienceMs; ;) {
    try {
      return await lockFolder(dataDir)
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
