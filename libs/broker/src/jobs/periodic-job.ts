import type { Logger } from '@slipway/observability'

export interface PeriodicContext {
  /** The tick that this run is for: a multiple of `everyMs`, by the database's clock. */
  readonly tick: Date
  /** Aborts when the run's time is over, the process stops, or another replica may have taken over. */
  readonly signal: AbortSignal
  readonly logger: Logger
}

/** What becomes of ticks that were not run at their time: nobody was there, or the run before still went on. */
export type MissedTicks = 'latest' | 'all' | 'skip'

/** Runs on a clock: once for each tick over all replicas of the service. */
export abstract class PeriodicJob {
  /** Kebab-case, unique in the service. */
  abstract readonly name: string
  /** Milliseconds between ticks. */
  abstract readonly everyMs: number
  /** Milliseconds a run may take. */
  readonly timeoutMs: number = 60_000
  /** Each run starts up to so many milliseconds after its tick, at random. Less than `everyMs`. */
  readonly jitterMs: number = 0
  /** `wait`: never beside the run before, on whatever replica. `allow`: beside it. */
  readonly overlap: 'wait' | 'allow' = 'wait'
  /**
   * `latest`: the newest runs as soon as it can, those before are left out. `all`: each is run, oldest first. `skip`: a
   * tick that is older than a minute (or half of `everyMs`, if that is less) is left out.
   */
  readonly missed: MissedTicks = 'latest'

  /** An error is logged and reported; the next tick comes all the same. */
  abstract run(context: PeriodicContext): Promise<void>
}
