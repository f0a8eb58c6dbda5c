import { uuidv7 } from 'uuidv7'

/** The time, passed in so that tests can move it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A new UUIDv7 (RFC 9562): ids made later sort later. */
export const newId: () => string = uuidv7
