import { Type } from 'typebox'
import { defineEvent, Id, Money } from '../primitives/index.ts'

const payment = Type.Object({ paymentId: Id, cartId: Id, userId: Id, amount: Money, provider: Type.String() })
const refund = Type.Object({ refundId: Id, paymentId: Id, cartId: Id, userId: Id, amount: Money })

/** `amount` is what the cart costs; `captured` is less after a partial capture, which the shop decided on. */
export const PaymentCaptured = defineEvent(
  'acquiring.payment.captured.v1',
  Type.Object({ ...payment.properties, captured: Type.Optional(Money) }),
)
export const PaymentFailed = defineEvent('acquiring.payment.failed.v1', payment)
export const PaymentCanceled = defineEvent('acquiring.payment.canceled.v1', payment)
export const PaymentExpired = defineEvent('acquiring.payment.expired.v1', payment)
export const PaymentChargedBack = defineEvent('acquiring.payment.charged-back.v1', payment)
export const RefundSucceeded = defineEvent('acquiring.refund.succeeded.v1', refund)
export const RefundFailed = defineEvent('acquiring.refund.failed.v1', refund)

export const differenceKinds = ['missing', 'extra', 'amount', 'currency', 'late'] as const

/**
 * The provider's settlement and our ledger disagree: `missing` is booked and not settled, `extra` is settled and not
 * booked, `late` came after it was missing or more than a period after it was booked. Signed: money that goes out is negative.
 */
export const ReconciliationDifferenceFound = defineEvent(
  'acquiring.reconciliation.difference-found.v1',
  Type.Object({
    reconciliationId: Id,
    kind: Type.Enum([...differenceKinds]),
    paymentId: Type.Optional(Id),
    expected: Type.Union([Money, Type.Null()]),
    actual: Type.Union([Money, Type.Null()]),
  }),
)
