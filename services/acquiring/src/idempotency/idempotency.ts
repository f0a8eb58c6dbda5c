import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, toProblem } from '@slipway/errors'
import { AttemptLost, IdempotencyKeyInUse, IdempotencyKeyReused } from './errors.ts'
import type { Answer, Attempt, IdempotencyStore, KeyedRequest } from './idempotency.store.ts'

/** Refusals that say something of this moment or of the token, not of the request: the next try may fare better. */
const passing = new Set([401, 403, 408, 425, 429])

const isFinal = (error: unknown): error is AppError =>
  error instanceof AppError &&
  error.status < 500 &&
  !passing.has(error.status) &&
  !(error instanceof IdempotencyKeyInUse)

interface Options {
  store: IdempotencyStore
  /** How long a request waits for its twin. */
  waitMs: number
  /** Where a problem is, for its body. */
  occurrence: () => { instance: string; traceId: string }
}

export interface FinalAnswer extends Answer {
  /** Given before, to an earlier request with the key. */
  readonly replayed: boolean
}

/**
 * Runs `work` so that equal requests have one effect and get one answer
 * (https://docs.stripe.com/api/idempotent_requests, draft-ietf-httpapi-idempotency-key-header-07). The first final answer
 * is kept: a success, or a refusal that will not change. Anything else leaves the key to the next try, which gets on
 * with what was begun. `work` must bear being cut anywhere and repeated.
 *
 * @throws IdempotencyKeyReused, IdempotencyKeyInUse, and whatever `work` throws
 */
export async function once(
  request: KeyedRequest,
  { store, waitMs, occurrence }: Options,
  work: (attempt: Attempt) => Promise<Answer>,
): Promise<FinalAnswer> {
  const giveUpAt = performance.now() + waitMs
  for (let pauseMs = 20; ; pauseMs = Math.min(250, pauseMs * 1.5)) {
    const claim = await store.claim(request)
    if (claim.kind === 'reused') throw new IdempotencyKeyReused()
    if (claim.kind === 'answered') return { ...claim.answer, replayed: true }
    if (claim.kind === 'attempt') {
      const answer = await attempted(claim.attempt)
      if (answer) return { ...answer, replayed: false }
    }
    if (performance.now() + pauseMs > giveUpAt) throw new IdempotencyKeyInUse()
    await sleep(pauseMs)
  }

  /** Undefined when another attempt has taken over. */
  async function attempted(attempt: Attempt): Promise<Answer | undefined> {
    try {
      const answer = await work(attempt)
      await store.answer(attempt, answer)
      return answer
    } catch (error) {
      if (isFinal(error)) return refuse(attempt, error)
      await store.giveBack(attempt)
      if (error instanceof AttemptLost) return undefined
      throw error
    }
  }

  async function refuse(attempt: Attempt, error: AppError): Promise<undefined> {
    try {
      await store.answer(attempt, { status: error.status, body: toProblem(error, occurrence()) })
    } catch (lost) {
      if (lost instanceof AttemptLost) return undefined
      throw lost
    }
    throw error
  }
}
