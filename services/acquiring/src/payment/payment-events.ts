import {
  PaymentCanceled,
  PaymentCaptured,
  PaymentChargedBack,
  PaymentExpired,
  PaymentFailed,
} from '@slipway/contracts/acquiring'
import type { Payment, Step } from './payment.ts'

const types = {
  captured: PaymentCaptured,
  failed: PaymentFailed,
  canceled: PaymentCanceled,
  expired: PaymentExpired,
  charged_back: PaymentChargedBack,
}

export const paymentEvent = (what: NonNullable<Step['announces']>, payment: Payment) => {
  const { id, version, cartId, userId, amount, provider } = payment
  const data = { paymentId: id, cartId, userId, amount, provider }
  if (what !== 'captured') return types[what].create({ subject: id, version, data })
  return PaymentCaptured.create({ subject: id, version, data: { ...data, captured: payment.captured } })
}
