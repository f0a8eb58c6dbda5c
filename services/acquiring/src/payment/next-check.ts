import { isOpen, type Payment } from './payment.ts'

const second = 1_000
const longest = 60 * second

/** While the request that made the payment may still be at work, nobody interferes. */
const patience = 60 * second

/**
 * When to ask the provider about a payment that was asked about `checks` times since it last changed; never once its
 * outcome is known. Webhooks are quicker: this is for those that get lost.
 */
export function nextCheck(payment: Payment, checks: number, now: Date): Date | undefined {
  if (!isOpen(payment)) return undefined
  const beingMade = payment.status === 'created' && !payment.ending && checks === 0
  // an authorised payment waits for the shop, for days
  const atMost = payment.status === 'authorized' && !payment.capturing && !payment.ending ? 10 * longest : longest
  const wait = beingMade ? patience : Math.min(atMost, 5 * second * 2 ** checks)
  const next = now.getTime() + wait
  const expiry = payment.expiresAt.getTime()
  return new Date(expiry > now.getTime() ? Math.min(next, expiry) : next)
}
