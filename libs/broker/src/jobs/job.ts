import type { Logger } from '@slipway/observability'
import type { Event, EventType } from '../event.ts'

export interface JobContext<Tx> {
  /** The job's transaction. It commits together with the note that this job has done this event. */
  readonly tx: Tx
  /** Aborts when the job's time is over or the process stops: whatever was written in `tx` is rolled back then. */
  readonly signal: AbortSignal
  readonly logger: Logger
  /** 1 for the first. */
  readonly attempt: number
}

/**
 * Reacts to events. Effects on the service's own rows, through `tx`, happen exactly once for each event; whatever leaves
 * the database happens at least once and needs an idempotency key (the event's id). Events come in any order.
 *
 *     export class MarkCartPaid extends Job<Tx, DataOf<typeof PaymentCaptured>> {
 *       readonly name = 'mark-cart-paid'
 *       readonly on = [PaymentCaptured]
 *       async process({ data }, { tx }) { ... }
 *     }
 */
export abstract class Job<Tx, Data = unknown> {
  /** Kebab-case, unique in the service. Names the queue `<service>.<name>`: a new name is a new queue. */
  abstract readonly name: string
  abstract readonly on: readonly EventType<Data>[]
  /** Milliseconds a run may take; `JOB_TIMEOUT_MS` when absent. */
  readonly timeoutMs?: number

  /** False: the event is done with, without work. */
  isTriggered(_event: Event<Data>): boolean {
    return true
  }

  /** Throws to be tried again later, `NonRetryable` to go to the dead letters at once. */
  abstract process(event: Event<Data>, context: JobContext<Tx>): Promise<void>
}
