import type { MaybePromise } from '../maybe-promise.ts'
import { UpstreamTimeout } from '../errors.ts'

/**
 * Milliseconds for which the answer is still waited for. Handed on, so that services behind can give up too. A span and no
 * moment, as in gRPC: clocks need not agree.
 */
export const timeoutHeader = 'x-request-timeout'

/** Waits for work of somebody else, such as a token that many calls need, but not past the deadline. */
export function before<T>(deadline: number, upstream: string, work: MaybePromise<T>): MaybePromise<T> {
  return work instanceof Promise ? race(deadline, upstream, work) : work
}

async function race<T>(deadline: number, upstream: string, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new UpstreamTimeout(upstream)), Math.max(0, deadline - Date.now()))
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
