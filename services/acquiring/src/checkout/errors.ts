import { AppError } from '@slipway/errors'

export class ReturnUrlNotAllowed extends AppError {
  readonly code = 'RETURN_URL_NOT_ALLOWED'
  readonly status = 400
  constructor() {
    super('Payers cannot be sent back to this address')
  }
}

export class CurrencyNotSupported extends AppError {
  readonly code = 'CURRENCY_NOT_SUPPORTED'
  readonly status = 409
  constructor(currency: string, supported: readonly string[]) {
    super(`Payments in ${currency} are not taken`, { extensions: supported.length > 0 ? { supported } : {} })
  }
}

export class NothingToPay extends AppError {
  readonly code = 'NOTHING_TO_PAY'
  readonly status = 409
  constructor() {
    super('The cart costs nothing, so there is nothing to pay')
  }
}
