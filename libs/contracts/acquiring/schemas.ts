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
  nextAction: Type.Optional(Type.Object({ type: Type.Literal('redirect'), url: Type.String() })),
  createdAt: Time,
})
export type Payment = Static<typeof Payment>

export const PaymentPage = Page(Payment)
