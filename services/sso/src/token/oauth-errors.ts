import { AppError } from '@slipway/errors'

/** An error of the OAuth endpoints: answered as RFC 6749 section 5.2 says, not as a problem. */
export abstract class OAuthError extends AppError {
  readonly status: number = 400
}

export class InvalidRequest extends OAuthError {
  readonly code = 'invalid_request'
}

export class InvalidClient extends OAuthError {
  readonly code = 'invalid_client'
  override readonly status = 401
  constructor() {
    super('Client authentication failed', { headers: { 'www-authenticate': 'Basic realm="sso", charset="UTF-8"' } })
  }
}

export class InvalidGrant extends OAuthError {
  readonly code = 'invalid_grant'
}

export class UnauthorizedClient extends OAuthError {
  readonly code = 'unauthorized_client'
}

export class UnsupportedGrantType extends OAuthError {
  readonly code = 'unsupported_grant_type'
  constructor() {
    super('This grant_type is not supported')
  }
}

export class InvalidScope extends OAuthError {
  readonly code = 'invalid_scope'
  constructor() {
    super('The scope holds more than is allowed')
  }
}

/** RFC 8693 section 2.2.2. */
export class InvalidTarget extends OAuthError {
  readonly code = 'invalid_target'
}

/** RFC 7009 section 2.2.1. */
export class UnsupportedTokenType extends OAuthError {
  readonly code = 'unsupported_token_type'
}
