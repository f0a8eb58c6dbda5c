import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive, type ProcessId } from './processes.ts'

/** A server process: one that we started, or one that we found. */
export interface Running {
  readonly pid: number
  alive(): boolean
  /** Settles when the process has ended. */
  readonly gone: Promise<void>
  /** Ends the watching, not the process. */
  unwatch(): void
}

/** Does not keep this process alive for the child's sake. */
export function runningChild(child: ChildProcess): Running {
  child.unref()
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return {
    pid: child.pid ?? 0,
    // Without a pid it never ran, and a signal to 0 would go to ourselves.
    alive: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    gone,
    unwatch: () => {},
  }
}

export function runningOrphan(id: ProcessId): Running {
  let timer: NodeJS.Timeout | undefined
  const gone = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (isAlive(id)) return
      clearInterval(timer)
      resolve()
    }, 500).unref()
  })
  return { pid: id.pid, alive: () => isAlive(id), gone, unwatch: () => clearInterval(timer) }
}

/** Fast shutdown, then immediate (it will recover from its log at the next start), then by force. */
const signals = [
  ['SIGINT', 4_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 3_000],
] as const

export async function end(running: Running, log: (line: string) => void): Promise<void> {
  for (const [signal, patienceMs] of signals) {
    if (!running.alive()) return
    if (signal !== 'SIGINT') log(`PostgreSQL (process ${running.pid}) does not stop: sending ${signal}`)
    send(running.pid, signal)
    const deadline = performance.now() + patienceMs
    while (running.alive() && performance.now() < deadline) await pause(10)
  }
  if (running.alive()) throw new Error(`PostgreSQL (process ${running.pid}) cannot be stopped.`)
}

function send(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
