import type { Logger } from '@slipway/observability'

export interface PeriodicContext {
  /** Aborts when the run's time is over, the process stops, or another replica may have taken over. */
  readonly signal: AbortSignal
  readonly logger: Logger
}

/**
 * Runs on a clock: once for each tick over all replicas of the service, and never while its run before still goes on.
 * Ticks that nobody was there for are not made up for, except that the current one runs at once.
 */
export abstract class PeriodicJob {
  /** Kebab-case, unique in the service. */
  abstract readonly name: string
  /** Milliseconds between ticks. */
  abstract readonly everyMs: number
  /** Milliseconds a run may take. */
  readonly timeoutMs: number = 60_000

  /** An error is logged and reported; the next tick comes all the same. */
  abstract run(context: PeriodicContext): Promise<void>
}
