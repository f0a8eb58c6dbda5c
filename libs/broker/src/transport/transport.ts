/** An event on its way to the broker; the body is the envelope. */
export interface Message {
  readonly id: string
  /** Routing key. */
  readonly type: string
  readonly body: string
}

/** An `Error` means not known to be published: publish again. */
export type PublishOutcome = 'confirmed' | 'unroutable' | Error

/** What the broker hands to a job. */
export interface Delivery {
  readonly body: string
  /** 1 for the first; each retry adds one. */
  readonly attempt: number
}

/** How a delivery ended. `done`, `skipped` and `duplicate` acknowledge it; `released` gives it back as it came. */
export type Outcome = { readonly kind: 'done' | 'skipped' | 'duplicate' | 'released' } | Failure

export type Failure =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly nextAttempt: number; readonly error: Error }
  | { readonly kind: 'dead'; readonly error: Error }

/** One job's queue. */
export interface Subscription {
  /** `<service>.<job>` */
  readonly queue: string
  /** Event types bound to the queue; what was bound once stays bound. */
  readonly types: readonly string[]
  /** Deliveries in hand at most. */
  readonly prefetch: number
  /** Called for many deliveries at once; must not throw. */
  handle(delivery: Delivery): Promise<Outcome>
}

export interface Consumer {
  /** Stops taking. Resolves when the broker will hand out no more. */
  cancel(): Promise<void>
  /** Resolves when everything that was handed out has ended and the broker knows. */
  idle(): Promise<void>
}

/** A delivery whose last attempt failed, or that no attempt could ever process. */
export interface DeadLetter {
  readonly body: string
  readonly error: string
  readonly attempts: number
}

/** An error as a dead letter tells it. */
export const describe = ({ name, message }: Error): string => `${name}: ${message}`.slice(0, 2_000)

/**
 * Broadcasts events to the queues that are bound to their type, at least once. Both implementations pass
 * `transport.contract.test.ts`. Connections are restored for ever, with growing pauses.
 */
export interface Transport {
  /** Connects. Resolves after the first try, whether it worked or not: `ready` tells. */
  start(): Promise<void>
  /** Outcomes in the order of the messages; does not throw. Persistent: a confirmed message survives the broker's crash. */
  publish(messages: readonly Message[]): Promise<PublishOutcome[]>
  /** Declares the queue with its dead letters and takes from it, now or as soon as there is a connection. */
  subscribe(subscription: Subscription): Promise<Consumer>
  /** Dead letters of a queue, oldest first, left where they are. */
  listDead(queue: string, limit: number): Promise<DeadLetter[]>
  /** How many there are, a few seconds ago at most. @throws when it is not connected */
  countDead(queue: string): Promise<number>
  /** @throws when it is not connected or not all of its queues are declared */
  ready(): Promise<void>
  /** What is still in hand goes back to its queue. */
  close(): Promise<void>
}
