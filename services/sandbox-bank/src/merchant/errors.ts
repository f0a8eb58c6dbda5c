import { AppError } from '@slipway/errors'

export class ApiKeyRefused extends AppError {
  readonly code = 'API_KEY_REFUSED'
  readonly status = 401
  constructor() {
    super('A merchant API key is needed: Authorization: Bearer <key>', { headers: { 'www-authenticate': 'Bearer' } })
  }
}

export class IdempotencyKeyRequired extends AppError {
  readonly code = 'IDEMPOTENCY_KEY_REQUIRED'
  readonly status = 400
  constructor() {
    super('An Idempotency-Key header of 1 to 255 printable characters is needed')
  }
}

export class IdempotencyKeyReused extends AppError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED'
  readonly status = 422
  constructor() {
    super('This Idempotency-Key came with another body before')
  }
}
