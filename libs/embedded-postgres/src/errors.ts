/** What keeps the embedded server from running. The message is a sentence for whoever started the platform. */
export abstract class EmbeddedPostgresError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** Another live process holds the folder. `pid` is missing if it cannot be seen from here (another container). */
export class FolderInUse extends EmbeddedPostgresError {
  readonly folder: string
  readonly pid: number | undefined
  readonly since: Date | undefined

  constructor(folder: string, holder?: { pid: number; since: string }) {
    super(`${folder} is in use by ${holder ? `process ${holder.pid}, since ${holder.since}` : 'another process'}.`)
    this.folder = folder
    this.pid = holder?.pid
    this.since = holder && new Date(holder.since)
  }
}

/** There are no binaries for this machine, or they cannot run on it. */
export class UnsupportedPlatform extends EmbeddedPostgresError {
  constructor(reason: string) {
    super(`${reason}. Set DATABASE_URL_<SERVICE> for each service to use a PostgreSQL of your own instead.`)
  }
}

/** The data folder is not one that this version may start on. It was left as it is. */
export class UnusableDataFolder extends EmbeddedPostgresError {
  readonly folder: string
  constructor(folder: string, reason: string) {
    super(`The data folder ${folder} ${reason}. Nothing in it was changed.`)
    this.folder = folder
  }
}

export class NoDiskSpace extends EmbeddedPostgresError {
  constructor(folder: string, cause?: unknown) {
    super(`There is no space left on the disk of ${folder}. Free some and start again: no data was lost.`, { cause })
  }
}

export class PortTaken extends EmbeddedPostgresError {
  readonly port: number
  constructor(port: number) {
    super(`Port ${port} on 127.0.0.1, wanted for PostgreSQL, is taken by another program.`)
    this.port = port
  }
}

export class WrongPassword extends EmbeddedPostgresError {
  constructor(folder: string) {
    super(`The data in ${folder} was made with another password. Restore the secret that was kept with it.`)
  }
}

/** The server, or `initdb`, gave up. The message ends with its own last words. */
export class ServerFailed extends EmbeddedPostgresError {
  constructor(what: string, folder: string, lastWords: readonly string[]) {
    super([`${what}. Its data, in ${folder}, was left as it is. Its last words:`, ...lastWords].join('\n  '))
  }
}
