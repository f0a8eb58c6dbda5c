import { AppError } from '@slipway/errors'

export class PeriodNotOver extends AppError {
  readonly code = 'PERIOD_NOT_OVER'
  readonly status = 409
  constructor() {
    super('Only a period that is over can be settled')
  }
}

export class PeriodEmpty extends AppError {
  readonly code = 'PERIOD_EMPTY'
  readonly status = 400
  constructor() {
    super('The period must end after it begins')
  }
}
