import type { Static, TSchema } from 'typebox'

/** An event type: its name, which is the routing key, and the schema of its data. */
export interface EventType<Data = unknown> {
  readonly type: string
  readonly data: TSchema
  /** The version before this one. Whoever listens to this one gets that one as well, as if it were this. */
  readonly earlier?: EarlierVersion<Data>
  /** Only for the compiler. */
  readonly _data?: Data
}

export interface EarlierVersion<Data = unknown> {
  readonly on: EventType
  /** This version's data, from the earlier one's. Pure: no clock, no chance, nothing from elsewhere. */
  upcast(data: unknown): Data
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

const versioned = /^(.+)\.v(\d+)$/

/**
 * Declares an event type, such as `cart.cart.paid.v1`: owner, aggregate, what happened, version. A later version names
 * the one before and an upcaster:
 *
 *     defineEvent('cart.cart.paid.v2', data, { on: CartPaidV1, upcast: (old) => ({ ...old, currency: 'USD' }) })
 */
export function defineEvent<Schema extends TSchema, Before = unknown>(
  type: string,
  data: Schema,
  earlier?: { readonly on: EventType<Before>; upcast(data: Before): Static<Schema> },
): DefinedEvent<Static<Schema>> {
  if (earlier) checkOrder(earlier.on.type, type)
  const defined: DefinedEvent<Static<Schema>> = {
    type,
    data,
    ...(earlier && { earlier: earlier as EarlierVersion<Static<Schema>> }),
    create: (event) => ({ on: defined, ...event }),
  }
  return defined
}

function checkOrder(before: string, after: string) {
  const [, stem, version] = versioned.exec(before) ?? []
  const [, laterStem, laterVersion] = versioned.exec(after) ?? []
  if (!stem || stem !== laterStem || Number(laterVersion) !== Number(version) + 1)
    throw new Error(`${after} is not the version after ${before}`)
}
