import { formatMoney, type Money } from '@slipway/contracts/primitives'
import type { PageStatus } from '@slipway/contracts/sandbox-bank'
import { AppError } from '@slipway/errors'

export class PageNotFound extends AppError {
  readonly code = 'PAGE_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such payment page')
  }
}

export class PageClosed extends AppError {
  readonly code = 'PAGE_CLOSED'
  readonly status = 409
  constructor(pageStatus: PageStatus) {
    super('The payment page does not take this payment any more', { extensions: { pageStatus } })
  }
}

export class PagePaid extends AppError {
  readonly code = 'PAGE_PAID'
  readonly status = 409
  constructor() {
    super('The payment page has been paid: refund it instead')
  }
}

export class NotPaid extends AppError {
  readonly code = 'PAGE_NOT_PAID'
  readonly status = 409
  constructor(pageStatus: PageStatus) {
    super('Only a paid page can be refunded', { extensions: { pageStatus } })
  }
}

export class NotAuthorized extends AppError {
  readonly code = 'PAGE_NOT_AUTHORIZED'
  readonly status = 409
  constructor(pageStatus: PageStatus) {
    super('Only an authorised page can be captured', { extensions: { pageStatus } })
  }
}

export class CaptureExceedsAuthorized extends AppError {
  readonly code = 'CAPTURE_EXCEEDS_AUTHORIZED'
  readonly status = 409
  constructor(authorized: Money) {
    super(`No more than ${formatMoney(authorized)} can be captured`, { extensions: { authorized } })
  }
}

export class RefundExceedsCharge extends AppError {
  readonly code = 'REFUND_EXCEEDS_CHARGE'
  readonly status = 409
  constructor(left: Money) {
    super(`No more than ${formatMoney(left)} can be refunded`, { extensions: { refundable: left } })
  }
}

export class AmountNotPositive extends AppError {
  readonly code = 'AMOUNT_NOT_POSITIVE'
  readonly status = 400
  constructor() {
    super('The amount must be more than zero')
  }
}

export class ReferenceTaken extends AppError {
  readonly code = 'REFERENCE_TAKEN'
  readonly status = 409
  constructor() {
    super('Another page was opened for this reference under another Idempotency-Key')
  }
}

export class ReturnUrlNotAllowed extends AppError {
  readonly code = 'RETURN_URL_NOT_ALLOWED'
  readonly status = 400
  constructor() {
    super('The return URL must be an http or https address without a user name')
  }
}
