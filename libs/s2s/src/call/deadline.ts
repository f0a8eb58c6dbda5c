import { UpstreamTimeout } from '../errors.ts'

/** Epoch milliseconds after which nobody waits for the answer. Handed on, so that services behind can give up too. */
export const deadlineHeader = 'x-request-deadline'

/** Waits for work of somebody else, such as a token that many calls need, but not past the deadline. */
export async function before<T>(deadline: number, upstream: string, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new UpstreamTimeout(upstream)), Math.max(0, deadline - Date.now()))
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
