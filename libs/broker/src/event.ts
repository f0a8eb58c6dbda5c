import type { TSchema } from 'typebox'

/** An event type: its name, which is the routing key, and the schema of its data. `defineEvent` of contracts makes one. */
export interface EventType<Data = unknown> {
  readonly type: string
  readonly data: TSchema
  /** The version before this one. A job that listens to this one gets that one as well, as if it were this. */
  readonly earlier?: { readonly on: EventType; upcast(data: unknown): Data }
  /** Only for the compiler. */
  readonly _data?: Data
}

/** What an event type carries: `DataOf<typeof PaymentCaptured>`. */
export type DataOf<Type> = Type extends EventType<infer Data> ? Data : never

/** An event about to be emitted. */
export interface NewEvent<Data = unknown> {
  readonly on: EventType<Data>
  /** Id of the aggregate that it tells of. */
  readonly subject: string
  /** Version of the aggregate after the change, so that a consumer can tell newer from older. */
  readonly version?: number
  readonly data: Data
}

/** An event as a job sees it. Order is not promised: compare versions. */
export interface Event<Data = unknown> {
  /** UUIDv7. */
  readonly id: string
  readonly type: string
  /** The service that emitted it. */
  readonly source: string
  readonly subject: string
  /** RFC 3339, UTC: when it was emitted. */
  readonly time: string
  readonly version?: number
  readonly traceparent?: string
  readonly data: Data
}
