import { Type } from 'typebox'
import { defineEvent, Id, Money } from '../primitives/index.ts'

const payment = Type.Object({ paymentId: Id, cartId: Id, userId: Id, amount: Money, provider: Type.String() })
const refund = Type.Object({ refundId: Id, paymentId: Id, cartId: Id, userId: Id, amount: Money })

export const PaymentCaptured = defineEvent('acquiring.payment.captured.v1', payment)
export const PaymentFailed = defineEvent('acquiring.payment.failed.v1', payment)
export const PaymentCanceled = defineEvent('acquiring.payment.canceled.v1', payment)
export const PaymentExpired = defineEvent('acquiring.payment.expired.v1', payment)
export const PaymentChargedBack = defineEvent('acquiring.payment.charged-back.v1', payment)
export const RefundSucceeded = defineEvent('acquiring.refund.succeeded.v1', refund)
export const RefundFailed = defineEvent('acquiring.refund.failed.v1', refund)
