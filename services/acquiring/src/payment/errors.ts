import type { PaymentStatus } from '@slipway/contracts/acquiring'
import { formatMoney, type Money } from '@slipway/contracts/primitives'
import { AppError } from '@slipway/errors'

export class PaymentNotFound extends AppError {
  readonly code = 'PAYMENT_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such payment')
  }
}

export class PaymentNotCancelable extends AppError {
  readonly code = 'PAYMENT_NOT_CANCELABLE'
  readonly status = 409
  constructor(paymentStatus: PaymentStatus) {
    super('The payment is over and cannot be canceled', { extensions: { paymentStatus } })
  }
}

export class PaymentNotCapturable extends AppError {
  readonly code = 'PAYMENT_NOT_CAPTURABLE'
  readonly status = 409
  constructor(paymentStatus: PaymentStatus) {
    super('Only an authorised payment can be captured, once', { extensions: { paymentStatus } })
  }
}

export class CaptureExceedsAuthorized extends AppError {
  readonly code = 'CAPTURE_EXCEEDS_AUTHORIZED'
  readonly status = 409
  constructor(authorized: Money) {
    super(`No more than ${formatMoney(authorized)} can be captured`, { extensions: { authorized } })
  }
}

/** The provider says no: perhaps the authorisation has lapsed. */
export class CaptureRefused extends AppError {
  readonly code = 'CAPTURE_REFUSED'
  readonly status = 409
  constructor(reason: string) {
    super('The payment provider refuses to capture the payment', { extensions: { reason } })
  }
}

export class RefundExceedsCaptured extends AppError {
  readonly code = 'REFUND_EXCEEDS_CAPTURED'
  readonly status = 409
  constructor(left: Money) {
    super(`Only ${formatMoney(left)} of the payment can still be given back`, { extensions: { refundable: left } })
  }
}

/** Nobody knows whether the provider did it; the payment is settled as soon as it tells. */
export class OutcomeUnknown extends AppError {
  readonly code = 'PAYMENT_OUTCOME_UNKNOWN'
  readonly status: number
  constructor(paymentId: string, cause: AppError) {
    super('The payment provider gives no clear answer yet; try again', {
      extensions: { paymentId },
      headers: cause.headers,
      cause,
    })
    this.status = cause.status
  }
}

/** A mistake of ours, never of a caller's. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition'
  constructor(from: PaymentStatus, to: PaymentStatus) {
    super(`A payment cannot go from ${from} to ${to}`)
  }
}

/** Cart lets one payment hold a cart; this says the same when cart and we disagree. */
export class CartHasPayment extends AppError {
  readonly code = 'CART_LOCKED'
  readonly status = 409
  constructor() {
    super('Another payment of the cart is still open')
  }
}
