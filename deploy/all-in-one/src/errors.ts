import { AppError } from '@slipway/errors'

export class Starting extends AppError {
  readonly code = 'STARTING'
  readonly status = 503
  constructor() {
    super('The platform is starting; try again in a moment', { headers: { 'retry-after': '1' } })
  }
}

export class NoSuchPlace extends AppError {
  readonly code = 'ROUTE_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such route')
  }
}
