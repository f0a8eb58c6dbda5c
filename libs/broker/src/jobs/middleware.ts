import type { Event } from '../event.ts'
import type { Outcome } from '../transport/transport.ts'
import type { Job } from './job.ts'

/** One run of a job, as its middleware sees it. */
export interface Work<Tx> {
  readonly job: Job<Tx>
  readonly event: Event
  /** 1 for the first. */
  readonly attempt: number
  /** Narrowed by the timeout. */
  signal: AbortSignal
  /** Set once the transaction is open. */
  tx?: Tx
}

/**
 * Wraps each run of every job: do something, `await next()`, do something else; return its outcome or another. Inside
 * `judge` errors are thrown, outside of it they are outcomes.
 */
export type WorkerMiddleware<Tx> = (work: Work<Tx>, next: () => Promise<Outcome>) => Promise<Outcome>

/** The first is the outermost. */
export function chain<Tx>(
  middleware: readonly WorkerMiddleware<Tx>[],
  run: (work: Work<Tx>) => Promise<Outcome>,
): (work: Work<Tx>) => Promise<Outcome> {
  return middleware.reduceRight<(work: Work<Tx>) => Promise<Outcome>>(
    (next, wrap) => (work) => wrap(work, () => next(work)),
    run,
  )
}
