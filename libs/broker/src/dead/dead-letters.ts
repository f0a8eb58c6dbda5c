import type { DeadLetter } from '../transport/transport.ts'

/** A dead letter in the hands of an operator. */
export interface FoundLetter extends DeadLetter {
  /** The event's; the broker's own when the body is no event. */
  readonly id: string
  /** `<service>.<job>`: whose dead letter it is. */
  readonly queue: string
  /** Absent when the body is no event. */
  readonly type?: string
  /** W3C traceparent of the work that emitted the event. */
  readonly traceparent?: string
  /** Absent when the broker did not say. */
  readonly diedAt?: Date
  /**
   * Puts it back into its job's queue, as a first attempt, and only then takes it from here: a crash between leaves it in
   * both, and the job's inbox knows what was done.
   *
   * @returns false when it was gone already
   * @throws when the broker did not take it; then it is still here
   */
  replay(): Promise<boolean>
  /** Takes it away for good. @returns false when it was gone already */
  drop(): Promise<boolean>
}

/** The dead letters of all jobs, for operators. Both implementations pass `dead-letters.contract.test.ts`. */
export interface DeadLetters {
  /** Queues (`<service>.<job>`) that may hold dead letters, by name. */
  queues(): Promise<string[]>
  /**
   * What was there when it began, oldest first, one at a time; what is neither replayed nor dropped stays. Read it to its
   * end or `return()` it: only then is the rest back in its place.
   *
   * @throws NoSuchQueue
   */
  scan(queue: string): AsyncGenerator<FoundLetter, void>
  close(): Promise<void>
}

export class NoSuchQueue extends Error {
  override readonly name = 'NoSuchQueue'
  constructor(queue: string) {
    super(`There is no queue of dead letters for ${queue}`)
  }
}

/** The events database is empty, or another release's. */
export class NotSetUp extends Error {
  override readonly name = 'NotSetUp'
  constructor(cause: Error) {
    super(
      `The queues of the events database cannot be used: ${cause.message}. Has a service of this release started on it?`,
    )
  }
}
