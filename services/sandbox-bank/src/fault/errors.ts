import { AppError } from '@slipway/errors'

export class UnknownFault extends AppError {
  readonly code = 'UNKNOWN_FAULT'
  readonly status = 400
  constructor(known: readonly string[]) {
    super(`Known faults are ${known.join(', ')}`)
  }
}
