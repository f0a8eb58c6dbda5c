const firstMs = 500
const longestMs = 30 * 60_000
const giveUpAfterMs = 24 * 3_600_000

/** When to try again after so many attempts: soon, then ever later, undefined after a day. */
export function nextAttempt(attempts: number, createdAt: Date, now: Date): Date | undefined {
  if (now.getTime() - createdAt.getTime() >= giveUpAfterMs) return undefined
  return new Date(now.getTime() + Math.min(firstMs * 2 ** (attempts - 1), longestMs))
}
