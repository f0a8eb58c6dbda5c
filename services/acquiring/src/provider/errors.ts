import { AppError } from '@slipway/errors'

/** Nobody knows whether it happened: asking again, in whatever way, must be safe. */
export class ProviderUnclear extends AppError {
  readonly code = 'PROVIDER_UNAVAILABLE'
  readonly status: number
  constructor(cause: AppError) {
    super('The payment provider gives no clear answer; try again', { cause, headers: { 'retry-after': '2' } })
    this.status = cause.status >= 500 ? cause.status : 503
  }
}

/** The provider said no, and will say so again. */
export class ProviderRefused extends AppError {
  readonly code = 'PROVIDER_REFUSED'
  readonly status = 502
  /** The provider's own code. */
  readonly reason: string
  constructor(reason: string, cause: AppError) {
    super('The payment provider refuses this', { cause })
    this.reason = reason
  }
}

export class ProviderNotFound extends AppError {
  readonly code = 'PROVIDER_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such payment provider')
  }
}

export class SignatureRefused extends AppError {
  readonly code = 'INVALID_SIGNATURE'
  readonly status = 401
  constructor() {
    super('The signature is missing, wrong or too old')
  }
}

export class WebhookUnreadable extends AppError {
  readonly code = 'WEBHOOK_UNREADABLE'
  readonly status = 400
  constructor() {
    super('The signature is right, but the body is not what was agreed')
  }
}
