import type { AppError } from '@slipway/errors'

/** What one attempt of a call came to. */
export interface Outcome {
  readonly status?: number
  /** The parsed response body, and its length as it was sent. */
  readonly body?: unknown
  readonly length?: number
  /** Why the call failed; absent when `body` is what was asked for. */
  readonly error?: AppError
  /** The failure may be over soon: worth another attempt where that is safe. */
  readonly transient?: boolean
  /** The failure says that the called service is in trouble. */
  readonly trouble?: boolean
  readonly retryAfterMs?: number
}
