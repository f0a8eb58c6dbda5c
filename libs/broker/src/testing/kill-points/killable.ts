import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Orders } from './points.ts'

const program = fileURLToPath(new URL('process.ts', import.meta.url))

/** A service process; `ended` tells how it ended, with what it said last. */
export function launch(orders: Orders, onTestFinished: (end: () => void) => void) {
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()))
  const ended = once(child, 'close').then(([code, signal]) => ({
    how: (signal ?? code) as string | number,
    said,
  }))
  return { ended, stop: () => (child.kill('SIGTERM'), ended) }
}
