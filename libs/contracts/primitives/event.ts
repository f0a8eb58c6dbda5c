import type { Static, TSchema } from 'typebox'

/** An event type: its name, which is the routing key, and the schema of its data. */
export interface EventType<Data = unknown> {
  readonly type: string
  readonly data: TSchema
  /** Only for the compiler. */
  readonly _data?: Data
}

/** An event about to be emitted. */
export interface NewEvent<Data = unknown> {
  readonly on: EventType<Data>
  /** Id of the aggregate that it tells of. */
  readonly subject: string
  /** Version of the aggregate after the change, so that a consumer can tell newer from older. */
  readonly version?: number
  readonly data: Data
}

export interface DefinedEvent<Data> extends EventType<Data> {
  create(event: { subject: string; version?: number; data: Data }): NewEvent<Data>
}

/** Declares an event type, such as `cart.cart.paid.v1`: owner, aggregate, what happened, version. */
export function defineEvent<Schema extends TSchema>(type: string, data: Schema): DefinedEvent<Static<Schema>> {
  const defined: DefinedEvent<Static<Schema>> = { type, data, create: (event) => ({ on: defined, ...event }) }
  return defined
}
