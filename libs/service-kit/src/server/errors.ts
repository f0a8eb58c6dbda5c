import { AppError, type FieldError } from '@slipway/errors'

export class ValidationFailed extends AppError {
  readonly code = 'VALIDATION_FAILED'
  readonly status = 400
  constructor(errors: FieldError[]) {
    super('The request does not fit its schema', { extensions: { errors } })
  }
}

export class RouteNotFound extends AppError {
  readonly code = 'ROUTE_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such route')
  }
}

export class NotReady extends AppError {
  readonly code = 'NOT_READY'
  readonly status = 503
  constructor(failing: readonly string[]) {
    super(`Not ready: ${failing.join(', ')}`, { extensions: { failing } })
  }
}

export class Overloaded extends AppError {
  readonly code = 'OVERLOADED'
  readonly status = 503
  constructor() {
    super('More requests come in than can be answered: try again in a moment', { headers: { 'retry-after': '1' } })
  }
}

/** Whoever asks has said that they do not wait any more. Nothing was done. */
export class DeadlineExceeded extends AppError {
  readonly code = 'DEADLINE_EXCEEDED'
  readonly status = 504
  constructor() {
    super('The time that the caller gave for this is over; nothing was done')
  }
}

/** A request that the HTTP layer itself refuses. */
export class BadRequest extends AppError {
  readonly code: string
  readonly status: number
  constructor(code: string, status: number, detail: string) {
    super(detail)
    this.code = code
    this.status = status
  }
}
