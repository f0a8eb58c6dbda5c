import { setTimeout as delay } from 'node:timers/promises'

/**
 * Wait before the next try after `failures` in a row: doubles from 100 ms up to 10 s, half of it random, so that
 * replicas that failed together do not return together.
 */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(10_000, 100 * 2 ** Math.min(failures - 1, 10))
  return ceiling / 2 + (ceiling / 2) * random()
}

/** Resolves after the time, or at once when the signal aborts; never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {})
}

/** Waits for the work, but no longer than the time. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController()
  await Promise.race([work, pause(ms, done.signal)]).finally(() => done.abort())
}
