import type { Binaries } from './binaries.ts'
import type { User } from './run-as.ts'

/** All that is known about a server before it runs. */
export interface Host {
  /** Absolute, without links. */
  readonly dataDir: string
  readonly port?: number
  readonly durable: boolean
  readonly password: string
  readonly settings?: Record<string, string>
  /** Take a healthy server that is found on the data even if it runs with other settings. */
  readonly anySettings?: boolean
  readonly log: (line: string) => void
  readonly user: User | undefined
  readonly binaries: Binaries
}

/** Nothing of our own environment: `PG*` variables and library paths would change what the programs do. */
export const programEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * How a program whose working directory is the folder should name it. Another user may be unable to walk the path (a
 * home of mode 700), but a process is always let into the directory that it is in, and Linux has a path for that one.
 */
export const addressOf = (folder: string, user: User | undefined) =>
  user && process.platform === 'linux' ? '/proc/self/cwd' : folder
