import { AppError } from '@slipway/errors'
import { digest } from '../secret/opaque-token.ts'

export class TooManyAttempts extends AppError {
  readonly code = 'TOO_MANY_ATTEMPTS'
  readonly status = 429
  constructor(retryAfterSeconds: number) {
    super('Too many attempts; try again later', {
      headers: { 'retry-after': String(retryAfterSeconds) },
      extensions: { retryAfterSeconds },
    })
  }
}

/** How often something happened under one key. */
export interface Counter {
  key: string
  count: number
  firstAt: Date
  lastAt: Date
}

/** After `free` failures each further one makes the next attempt wait: a second, two, four, up to `longestDelayMs`. */
export interface DelayPolicy {
  free: number
  longestDelayMs: number
  /** Without a failure for so long, all are forgotten. */
  forgetAfterMs: number
}

const firstDelayMs = 1_000

/** Milliseconds until the next attempt is allowed; 0 when it is. */
export function waitAfter({ count, lastAt }: Counter, { free, longestDelayMs, forgetAfterMs }: DelayPolicy, now: Date) {
  const passed = now.getTime() - lastAt.getTime()
  if (count < free || passed >= forgetAfterMs) return 0
  const delay = Math.min(firstDelayMs * 2 ** (count - free), longestDelayMs)
  return Math.max(0, delay - passed)
}

/** @throws TooManyAttempts */
export function refuseFor(waitMs: number) {
  if (waitMs > 0) throw new TooManyAttempts(Math.ceil(waitMs / 1_000))
}

/** The address under which failures at one network are counted. */
export const addressKey = (network: string) => `login:address:${network}`

/**
 * The name under which failures of one account are counted. Where its owner has logged in from before, it has a
 * counter of its own: strangers elsewhere can slow each other down, but not lock the owner out. The e-mail is hashed,
 * since people type passwords into the wrong field.
 */
export function accountKey(email: string, knownNetwork: string | undefined): string {
  const account = `login:account:${digest(email).toString('base64url')}`
  return knownNetwork === undefined ? account : `${account}:${knownNetwork}`
}

export const registrationKey = (network: string) => `registration:${network}`

export const clientKey = (clientId: string, network: string) => `client:${clientId}:${network}`
