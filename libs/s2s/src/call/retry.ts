import type { Outcome } from './outcome.ts'

const baseMs = 50
const maxMs = 1_000

/**
 * Keeps retries from burying a service that is down: each one takes a token, each answered call gives a tenth back, and
 * below half there are none (gRPC A6, https://github.com/grpc/proposal/blob/master/A6-client-retries.md).
 */
export class RetryBudget {
  static readonly #max = 20
  #tokens = RetryBudget.#max

  answered() {
    this.#tokens = Math.min(RetryBudget.#max, this.#tokens + 0.1)
  }

  take(): boolean {
    this.#tokens = Math.max(0, this.#tokens - 1)
    return this.#tokens >= RetryBudget.#max / 2
  }
}

/**
 * How long to wait before attempt `attempt + 1`: full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), and no less than the service asked for.
 */
export function delayMs(attempt: number, { retryAfterMs = 0 }: Outcome, random: () => number): number {
  return Math.max(retryAfterMs, random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)))
}
