import { AppError } from '@slipway/errors'

/** RFC 6750 section 3: what to send along with a 401. */
const challenge = (error?: string) => ({ 'www-authenticate': error ? `Bearer error="${error}"` : 'Bearer' })

export class Unauthenticated extends AppError {
  readonly code = 'UNAUTHENTICATED'
  readonly status = 401
  constructor() {
    super('An access token is needed: Authorization: Bearer <token>', { headers: challenge() })
  }
}

export class InvalidToken extends AppError {
  readonly code = 'INVALID_TOKEN'
  readonly status = 401
  constructor(detail = 'The access token is not valid', cause?: unknown) {
    super(detail, { headers: challenge('invalid_token'), cause })
  }
}

export class TokenExpired extends AppError {
  readonly code = 'TOKEN_EXPIRED'
  readonly status = 401
  constructor() {
    super('The access token has expired', { headers: challenge('invalid_token') })
  }
}

export class Forbidden extends AppError {
  readonly code = 'FORBIDDEN'
  readonly status = 403
  constructor(detail = 'This kind of token cannot be used here') {
    super(detail)
  }
}

export class PermissionMissing extends AppError {
  readonly code = 'PERMISSION_MISSING'
  readonly status = 403
  constructor(required: readonly string[]) {
    super(`Permission needed: ${required.join(', ')}`, { extensions: { required } })
  }
}

export class KeysUnavailable extends AppError {
  readonly code = 'KEYS_UNAVAILABLE'
  readonly status = 503
  constructor(cause: unknown) {
    super('Tokens cannot be verified at the moment; try again', { cause, headers: { 'retry-after': '1' } })
  }
}
