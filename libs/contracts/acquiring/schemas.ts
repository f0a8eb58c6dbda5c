import { Type, type Static } from 'typebox'
import { Id, Money, Page, StrictObject, Time } from '../primitives/index.ts'

export const paymentStatuses = [
  'created',
  'requires_action',
  'authorized',
  'captured',
  'partially_refunded',
  'refunded',
  'charged_back',
  'failed',
  'canceled',
  'expired',
  'unknown',
] as const
export const PaymentStatus = Type.Enum([...paymentStatuses])
export type PaymentStatus = (typeof paymentStatuses)[number]

export const NewPayment = StrictObject({
  cartId: Id,
  returnUrl: Type.Optional(
    Type.String({ format: 'uri', maxLength: 2_000, description: 'Where the payer comes back to' }),
  ),
})
export type NewPayment = Static<typeof NewPayment>

export const Payment = Type.Object({
  id: Id,
  cartId: Id,
  status: PaymentStatus,
  amount: Money,
  nextAction: Type.Optional(
    Type.Object(
      { type: Type.Literal('redirect'), url: Type.String() },
      { description: 'What the payer has to do; only while the status is requires_action' },
    ),
  ),
  failureCode: Type.Optional(Type.String({ description: 'Why the payment failed, such as insufficient_funds' })),
  createdAt: Time,
})
export type Payment = Static<typeof Payment>

export const PaymentPage = Page(Payment)

/** All that is left of the payment when there is no amount. */
export const NewRefund = StrictObject({
  amount: Type.Optional(
    StrictObject({
      amount: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Minor units' }),
      currency: Money.properties.currency,
    }),
  ),
  reason: Type.String({
    maxLength: 500,
    pattern: '^(?=.*\\S)\\P{Cc}+$',
    description: 'For the books; the payer does not see it',
  }),
})
export type NewRefund = Static<typeof NewRefund>

export const RefundStatus = Type.Enum(['pending', 'succeeded', 'failed'])
export type RefundStatus = Static<typeof RefundStatus>

export const Refund = Type.Object({
  id: Id,
  paymentId: Id,
  amount: Money,
  status: RefundStatus,
  reason: Type.String(),
  createdAt: Time,
})
export type Refund = Static<typeof Refund>

export const RefundPage = Page(Refund)
