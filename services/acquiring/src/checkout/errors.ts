import { AppError } from '@slipway/errors'

export class ReturnUrlNotAllowed extends AppError {
  readonly code = 'RETURN_URL_NOT_ALLOWED'
  readonly status = 400
  constructor() {
    super('Payers cannot be sent back to this address')
  }
}
