import { AppError } from '@slipway/errors'

export class IdempotencyKeyRequired extends AppError {
  readonly code = 'IDEMPOTENCY_KEY_REQUIRED'
  readonly status = 400
  constructor() {
    super('This request needs an Idempotency-Key header: the same key for every try, another one for another request')
  }
}

export class IdempotencyKeyReused extends AppError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED'
  readonly status = 422
  constructor() {
    super('This Idempotency-Key was used for another request')
  }
}

/** The first try still runs. */
export class IdempotencyKeyInUse extends AppError {
  readonly code = 'IDEMPOTENCY_KEY_IN_USE'
  readonly status = 409
  constructor() {
    super('The same request is still running; try again', { headers: { 'retry-after': '2' } })
  }
}

/** Another attempt of the same request has taken over: this one must not go on. Never seen by a caller. */
export class AttemptLost extends Error {
  override readonly name = 'AttemptLost'
  constructor() {
    super('Another attempt has taken over')
  }
}
