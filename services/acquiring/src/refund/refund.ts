import {
  RefundFailed,
  RefundSucceeded,
  type Refund as RefundBody,
  type RefundStatus,
} from '@slipway/contracts/acquiring'
import type { Money } from '@slipway/contracts/primitives'
import type { Payment } from '../payment/payment.ts'

/** Money that is to be given back; `pending` until the provider has said what became of it. */
export interface Refund {
  readonly id: string
  readonly paymentId: string
  readonly amount: Money
  readonly status: RefundStatus
  readonly reason: string
  /** A user's id or a service's name. */
  readonly requestedBy: string
  /** The provider's id of it, once it has one. */
  readonly providerId?: string
  readonly createdAt: Date
}

export type NewRefund = Pick<Refund, 'paymentId' | 'amount' | 'reason' | 'requestedBy'>

export const refundView = ({ id, paymentId, amount, status, reason, createdAt }: Refund): RefundBody => ({
  id,
  paymentId,
  amount,
  status,
  reason,
  createdAt: createdAt.toISOString(),
})

const second = 1_000

/** How long to leave a refund alone that was tried `attempts` times: seconds at first, then up to ten minutes. */
export const refundBackoffMs = (attempts: number) => Math.min(600 * second, 5 * second * 2 ** attempts)

/** How long to leave money alone that the provider refused to give back: twice as long as that refund has waited. */
export const refusalBackoffMs = (waitedMs: number) => Math.min(86_400 * second, Math.max(600 * second, 2 * waitedMs))

export function refundEvent(status: 'succeeded' | 'failed', { id, amount }: Refund, payment: Payment) {
  const type = status === 'succeeded' ? RefundSucceeded : RefundFailed
  const { cartId, userId } = payment
  return type.create({ subject: id, data: { refundId: id, paymentId: payment.id, cartId, userId, amount } })
}
