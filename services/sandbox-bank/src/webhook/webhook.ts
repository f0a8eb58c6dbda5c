import type { Webhook as WebhookBody } from '@slipway/contracts/sandbox-bank'
import type { Fault } from '../fault/fault.ts'

/** A message to the merchant as it is first written down. */
export interface Webhook {
  readonly id: string
  readonly pageId: string
  readonly sequence: number
  readonly type: string
  /** The very bytes that are signed and sent. */
  readonly body: string
  /** Of the request that caused it, so that the merchant's work joins its trace. */
  readonly traceparent?: string
  /** Waits until every older one of its page is through. */
  readonly ordered: boolean
  /** Suppressed: it is written down and never sent. */
  readonly state: 'pending' | 'suppressed'
  /** How often it is to be delivered. */
  readonly copies: number
  readonly nextAttemptAt: Date
  readonly createdAt: Date
}

const lateMs = 60_000
/** Longest that a webhook is held back for a newer one to overtake it. */
const overtakeMs = 10_000

/** Plans the delivery of a message, as the faults would have it. */
export function planWebhook(
  pageId: string,
  message: WebhookBody,
  faults: readonly Fault[],
  traceparent?: string,
): Webhook {
  const { id, sequence, type } = message
  const createdAt = new Date(message.createdAt)
  const mixed = faults.includes('webhooks-out-of-order')
  const held = mixed && sequence % 2 === 1 ? overtakeMs : 0
  const delayMs = Math.max(held, faults.includes('late-webhook') ? lateMs : 0)
  return {
    id,
    pageId,
    sequence,
    type,
    body: JSON.stringify(message),
    traceparent,
    ordered: !mixed,
    state: faults.includes('no-webhook') ? 'suppressed' : 'pending',
    copies: faults.includes('duplicate-webhook') ? 2 : 1,
    nextAttemptAt: new Date(createdAt.getTime() + delayMs),
    createdAt,
  }
}
