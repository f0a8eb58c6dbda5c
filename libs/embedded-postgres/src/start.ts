import { lockFile } from './folder-lock.ts'
import { truePath } from './data-folder.ts'
import { launch } from './launch.ts'

export interface EmbeddedPostgresOptions {
  /** PostgreSQL's data. Beside it: `<dataDir>.log`, `<dataDir>.lock` and, unless we are root, `postgres-binaries`. */
  dataDir: string
  /** Where to keep the copy of the binaries; by default a place that the server's user can execute from is found. */
  runtimeDir?: string
  /** Default: one that is free. A server left behind is adopted on the port it has. */
  port?: number
  /** What was committed survives a power cut. Without it the data is a cache: made anew after an unclean stop. */
  durable: boolean
  /** Of the superuser `postgres`; fixed when the data folder is made. */
  password: string
  /** What is being done, a sentence each, for progress. The server's own log is in a file. */
  log?: (line: string) => void
  /** Server parameters, by name, over those in server-settings.ts. */
  settings?: Record<string, string>
}

export interface EmbeddedPostgres {
  readonly port: number
  /** Superuser, database `postgres`. */
  readonly adminUrl: string
  /** The same user, another database. */
  url(database: string): string
  /** Creates it unless it is there. */
  createDatabase(name: string): Promise<void>
  /** Fast shutdown: waits for the end, uses force after 4 s. Safe to repeat. */
  stop(): Promise<void>
  /** Resolves, with the reason, only if the server ends without `stop()`. Never rejects. */
  readonly exited: Promise<Error>
}

/**
 * Starts PostgreSQL on the folder, or adopts the one that a killed process left running on it. Returns once it answers.
 * Leaves the process's own signals and exit alone: whoever does not call `stop()` leaves a server behind.
 *
 * @throws FolderInUse, UnusableDataFolder, WrongPassword, PortTaken, NoDiskSpace, UnsupportedPlatform, ServerFailed
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await truePath(options.dataDir)
  const lock = await lockFile(`${dataDir}.lock`, { folder: dataDir })
  try {
    const { leave: _, stop, ...server } = await launch({ log: () => {}, ...options, dataDir })
    return { ...server, stop: () => stop().finally(() => lock.release()) }
  } catch (error) {
    lock.release()
    throw error
  }
}
