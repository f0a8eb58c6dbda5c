import type { Server } from 'node:http'
import type { EmbeddedPostgres, FolderLock } from '@slipway/embedded-postgres'
import type { BuiltService } from '@slipway/service-kit'
import type { FrontDoor } from './front-door.ts'

export interface Running {
  door: FrontDoor
  metrics: Server
  services: readonly BuiltService[]
  postgres?: EmbeddedPostgres
  lock: FolderLock
}

const drainMs = 1_500
const servicesMs = 2_000

/** First the requests, then the services, then their database: within five seconds, and nothing acknowledged is lost. */
async function stopInOrder({ door, metrics, services, postgres, lock }: Running): Promise<void> {
  metrics.close()
  await door.drain(drainMs)
  await Promise.allSettled(services.map((service) => service.stop(servicesMs)))
  await postgres?.stop()
  lock.release()
}

/** Stops on SIGINT and SIGTERM, when npm that started us is gone, and when PostgreSQL ends under us. */
export function stopWhenTold(
  running: Running,
  { startedByNpm, log }: { startedByNpm: boolean; log: (line: string) => void },
) {
  // whoever read them may be gone, with the terminal for instance: that is no reason to fail
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  let stopping = false
  const stop = (reason: string, code: number) => {
    if (stopping) return
    stopping = true
    log(`Stopping: ${reason}`)
    stopInOrder(running).then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => stop('Ctrl-C', 0))
  process.on('SIGTERM', () => stop('SIGTERM', 0))
  process.on('SIGHUP', () => stop('the terminal was closed', 0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      stop('an error was caught by nobody', 1)
    })
  }
  void running.postgres?.exited.then((reason) => stop(reason.message, 1))
  if (startedByNpm) watchParent(() => stop('the npm that started it is gone', 0))
}

/** npm passes signals on, but not its own sudden death, which would leave us behind without a terminal. */
function watchParent(gone: () => void) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, 250)
  timer.unref()
}
