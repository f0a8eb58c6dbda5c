import { AppError, type AppErrorOptions } from '@slipway/errors'

/** The called service refused: its status, code, detail and extensions, as it said them. */
export class UpstreamProblem extends AppError {
  readonly code: string
  readonly status: number
  readonly upstream: string

  constructor(
    upstream: string,
    problem: { status: number; code: string; detail: string; extensions: Record<string, unknown>; retryAfter?: string },
  ) {
    const { status, code, detail, extensions, retryAfter } = problem
    super(detail, { extensions, headers: retryAfter ? { 'retry-after': retryAfter } : {} })
    this.upstream = upstream
    this.status = status
    this.code = code
  }
}

interface Details {
  /** `code` of the problem that the called service answered with. */
  code?: string
  retryAfter?: string
  cause?: unknown
}

const options = (upstream: string, { code, retryAfter, cause }: Details): AppErrorOptions => ({
  extensions: { upstream, ...(code && { upstreamCode: code }) },
  headers: retryAfter ? { 'retry-after': retryAfter } : {},
  cause,
})

/** It failed, cannot be reached, or failed so often that it is left alone for a while. */
export class UpstreamUnavailable extends AppError {
  readonly code = 'UPSTREAM_UNAVAILABLE'
  readonly status = 503
  constructor(upstream: string, details: Details = {}) {
    super('A service that is needed for this is not available', options(upstream, details))
  }
}

/** No answer in time: whether the call took effect is unknown. */
export class UpstreamTimeout extends AppError {
  readonly code = 'UPSTREAM_TIMEOUT'
  readonly status = 504
  constructor(upstream: string, details: Details = {}) {
    super('A service that is needed for this did not answer in time', options(upstream, details))
  }
}

/** It answered, but not with what its contract says. */
export class BadUpstreamResponse extends AppError {
  readonly code = 'BAD_UPSTREAM_RESPONSE'
  readonly status = 502
  /** Status of the answer. */
  readonly upstreamStatus: number | undefined
  /** The answer's body, for whoever knows another contract; not shown. */
  readonly upstreamBody: unknown
  constructor(upstream: string, details: Details & { status?: number; body?: unknown } = {}) {
    super('A service that is needed for this gave an answer that cannot be used', options(upstream, details))
    this.upstreamStatus = details.status
    Object.defineProperty(this, 'upstreamBody', { value: details.body, enumerable: false })
  }
}

/** It does not accept this service's own credentials. */
export class UpstreamUnauthorized extends AppError {
  readonly code = 'UPSTREAM_UNAUTHORIZED'
  readonly status = 502
  constructor(upstream: string, details: Details = {}) {
    super('A service that is needed for this does not accept our credentials', options(upstream, details))
  }
}

/** SSO does not exchange the user's token: it has expired or was never valid. */
export class UserTokenRefused extends AppError {
  readonly code = 'INVALID_TOKEN'
  readonly status = 401
  constructor(cause?: unknown) {
    super('The access token is not valid', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, cause })
  }
}
