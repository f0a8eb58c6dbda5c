import { DatabaseUnavailable } from '@slipway/database'
import type { Outcome } from '../../transport/transport.ts'
import { NonRetryable, Stopping, toError } from '../errors.ts'
import type { WorkerMiddleware } from '../middleware.ts'

export interface RetryPolicy {
  readonly maxAttempts: number
  /** Wait after each failed attempt; the last one stands for all later ones. Not empty. */
  readonly delaysMs: readonly number[]
}

/** Turns what a run throws into what becomes of its event. */
export const judging =
  <Tx>(policy: RetryPolicy): WorkerMiddleware<Tx> =>
  async ({ attempt }, next) => {
    try {
      return await next()
    } catch (thrown) {
      return judge(thrown, attempt, policy)
    }
  }

export function judge(thrown: unknown, attempt: number, { maxAttempts, delaysMs }: RetryPolicy): Outcome {
  if (thrown instanceof Stopping) return { kind: 'released' }
  const error = toError(thrown)
  const delayMs = delaysMs[Math.min(attempt, delaysMs.length) - 1] ?? 0
  // No fault of the event: an outage of the database must not send a whole queue to the dead letters.
  if (error instanceof DatabaseUnavailable) return { kind: 'retry', delayMs, nextAttempt: attempt, error }
  if (error instanceof NonRetryable || attempt >= maxAttempts) return { kind: 'dead', error }
  return { kind: 'retry', delayMs, nextAttempt: attempt + 1, error }
}
