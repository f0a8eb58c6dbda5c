import type { DataOf, Event } from '@slipway/broker'
import type { CartPaid } from '@slipway/contracts/cart'
import type { UserDeleted, UserRegistered } from '@slipway/contracts/sso'

/** What the CRM is told, in its own words. */
export interface Notice {
  /** The event's: the same however often it is sent. */
  id: string
  type: 'contact.created' | 'contact.deleted' | 'deal.won'
  /** RFC 3339. Notices come in any order: this says which was first. */
  occurredAt: string
  userId: string
  data: Record<string, unknown>
}

export type Told = DataOf<typeof UserRegistered> | DataOf<typeof CartPaid> | DataOf<typeof UserDeleted>

// #region notice
/** The one place that knows the words of both sides. */
export function noticeOf({ id, time: occurredAt, data }: Event<Told>): Notice {
  const about = { id, occurredAt, userId: data.userId }
  if ('email' in data)
    return { ...about, type: 'contact.created', data: { externalId: data.userId, email: data.email, name: data.name } }
  if ('cartId' in data)
    return { ...about, type: 'deal.won', data: { externalId: data.cartId, contact: data.userId, value: data.total } }
  return { ...about, type: 'contact.deleted', data: { externalId: data.userId } }
}
// #endregion

const maxAttempts = 20
const firstDelayMs = 30_000
const longestDelayMs = 6 * 3_600_000

/** When a failed notice is sent again: over about three days, each time later; then never. */
export function nextAttempt(attempts: number, now: Date): Date | undefined {
  if (attempts >= maxAttempts) return undefined
  return new Date(now.getTime() + Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs))
}
