import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { placesFor, prepareBinaries } from './binaries.ts'
import { createDatabase, urlOf } from './connection.ts'
import { discard, hasCluster, sweepDrafts } from './data-folder.ts'
import { NoDiskSpace, ServerFailed } from './errors.ts'
import type { Host } from './host.ts'
import { initCluster } from './init-cluster.ts'
import { lastLines, logPath } from './log-file.ts'
import { findNativePackage } from './native-package.ts'
import { findPostmaster, readPidFile } from './postmaster.ts'
import { giveTo, userFor } from './run-as.ts'
import { end } from './running.ts'
import { adoptOrStart, type Server } from './server.ts'

export interface LaunchOptions extends Omit<Host, 'user' | 'binaries'> {
  readonly runtimeDir?: string
}

export interface Launched {
  readonly port: number
  readonly adminUrl: string
  url(database: string): string
  createDatabase(name: string): Promise<void>
  readonly exited: Promise<Error>
  stop(): Promise<void>
  /** Leaves the server running and no longer watches it. */
  leave(): void
}

/** From a folder, which may hold nothing yet, to a server that answers. The caller holds the folder's lock. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  try {
    const host = await prepare(options)
    return launched(host, await adoptOrRenew(host))
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new NoDiskSpace(options.dataDir, error) : error
  }
}

async function prepare({ runtimeDir, ...options }: LaunchOptions): Promise<Host> {
  const { dataDir, durable, log } = options
  const pack = findNativePackage()
  const user = await userFor(dataDir)
  const exists = await hasCluster(dataDir, { major: pack.major, durable })
  const binaries = await prepareBinaries(pack, user, runtimeDir ? [runtimeDir] : placesFor(dataDir, user), log)
  const host = { ...options, user, binaries }
  await sweepDrafts(dataDir)
  if (!exists) await initCluster(host)
  // A folder restored from a backup by root belongs to root.
  else if (user && (await stat(dataDir)).uid === 0) await giveTo(user, dataDir)
  return host
}

/** Disposable data was written without fsync: after an unclean stop nobody knows what is in it. */
async function adoptOrRenew(host: Host): Promise<Server> {
  if (host.durable) return adoptOrStart(host)
  if (readPidFile(host.dataDir) && !findPostmaster(host.dataDir)) await renew(host)
  try {
    return await adoptOrStart(host)
  } catch (error) {
    if (!(error instanceof ServerFailed)) throw error
    await renew(host)
    return adoptOrStart(host)
  }
}

async function renew(host: Host) {
  host.log(`The throw-away data in ${host.dataDir} was not closed properly: making it anew`)
  await discard(host.dataDir)
  await initCluster(host)
}

function launched(host: Host, { address, running }: Server): Launched {
  let stopping: Promise<void> | undefined
  let left = false
  return {
    port: address.port,
    adminUrl: urlOf(address, 'postgres'),
    url: (database) => urlOf(address, database),
    createDatabase: (name) => createDatabase(address, name),
    exited: new Promise((resolve) => {
      void running.gone.then(() => {
        if (stopping || left) return
        const said = lastLines(readFileSync(logPath(host.dataDir), 'utf8'))
        resolve(new ServerFailed('PostgreSQL stopped by itself', host.dataDir, said))
      })
    }),
    stop: () => (stopping ??= end(running, host.log).finally(() => running.unwatch())),
    leave() {
      left = true
      running.unwatch()
    },
  }
}
