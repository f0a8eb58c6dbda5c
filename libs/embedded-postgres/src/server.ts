import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import getPort from 'get-port'
import { PortTaken } from './errors.ts'
import type { Address } from './connection.ts'
import { addressOf, programEnvironment, type Host } from './host.ts'
import { LogFile, logPath } from './log-file.ts'
import { dropStalePidFile, findPostmaster, type Postmaster } from './postmaster.ts'
import { commandOf } from './processes.ts'
import { asUser } from './run-as.ts'
import { end, runningChild, runningOrphan, type Running } from './running.ts'
import { serverArguments } from './server-settings.ts'
import { startFailure, StillInUse } from './start-failure.ts'
import { NotReady, waitReady } from './wait-ready.ts'

/** A server that answers. */
export interface Server {
  readonly address: Address
  readonly running: Running
}

/** Takes over the server that is found running on the data, or starts one. The caller holds the folder's lock. */
export async function adoptOrStart(host: Host): Promise<Server> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const found = findPostmaster(host.dataDir)
    const adopted = found && (await adopt(host, found))
    if (adopted) return adopted
    dropStalePidFile(host.dataDir)
    try {
      return await start(host)
    } catch (error) {
      const again = error instanceof StillInUse || (error instanceof PortTaken && host.port === undefined)
      if (!again || performance.now() > deadline) throw error
      await pause(100)
    }
  }
}

async function adopt(host: Host, found: Postmaster): Promise<Server | undefined> {
  const running = runningOrphan(found)
  const expected = [host.binaries.postgres, ...argumentsFor(host, host.port ?? found.port)].join(' ')
  if (host.anySettings || commandOf(found.pid) === expected) {
    try {
      const port = await waitReady(host, running)
      host.log(`Took over the running PostgreSQL (process ${found.pid})`)
      return { address: { port, password: host.password }, running }
    } catch (error) {
      host.log(`The PostgreSQL left running (process ${found.pid}) is of no use: ${(error as Error).message}`)
    }
  }
  host.log(`Stopping the PostgreSQL left running (process ${found.pid})`)
  await end(running, host.log)
  running.unwatch()
  return undefined
}

async function start(host: Host): Promise<Server> {
  const port = host.port ?? (await getPort({ host: '127.0.0.1' }))
  const log = new LogFile(logPath(host.dataDir))
  const child = spawn(host.binaries.postgres, argumentsFor(host, port), {
    ...asUser(host.user),
    cwd: host.dataDir,
    env: programEnvironment,
    // Its own process group: Ctrl-C reaches the terminal's whole group, and the platform needs its database to drain.
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  })
  const running = runningChild(child)
  try {
    await waitReady(host, running)
    if (log.text().includes('was not properly shut down')) host.log('PostgreSQL recovered after an unclean stop')
    return { address: { port, password: host.password }, running }
  } catch (error) {
    await end(running, host.log)
    throw error instanceof NotReady ? startFailure(log.text() || error.message, { ...host, port }) : error
  } finally {
    log.close()
  }
}

const argumentsFor = (host: Host, port: number) =>
  serverArguments({ ...host, address: addressOf(host.dataDir, host.user), port })
