import type { OAuthToken } from '@slipway/contracts/sso'
import { platformClient } from '../client/clients.ts'
import type { Credentials } from '../client/credentials.ts'
import type { Deps } from '../deps.ts'
import { refreshSession } from '../session/refresh-session.ts'
import { InvalidRefreshToken, TokenReused } from '../session/refresh-token.ts'
import type { Origin } from '../session/session.ts'
import { userClaims } from './claims.ts'
import { InvalidClient, InvalidGrant, InvalidRequest } from './oauth-errors.ts'
import type { TokenRequest } from './token-request.ts'

/** The next tokens of a person’s session (RFC 6749 section 6). The platform’s own client is public: it has no secret. */
export async function refreshTokenGrant(
  { refresh_token, client_id = platformClient }: TokenRequest,
  credentials: Credentials | undefined,
  origin: Origin,
  deps: Deps,
): Promise<OAuthToken> {
  if (credentials || client_id !== platformClient) throw new InvalidClient()
  if (refresh_token === undefined) throw new InvalidRequest('refresh_token is missing')
  const { user, session, refreshToken } = await refreshSession(refresh_token, origin, deps).catch(asInvalidGrant)
  const claims = userClaims(user, session)
  const expiresIn = deps.settings.ACCESS_TOKEN_TTL_S
  return {
    access_token: await deps.tokens.issue(claims, expiresIn),
    token_type: 'Bearer',
    expires_in: expiresIn,
    scope: claims.scope,
    refresh_token: refreshToken,
  }
}

function asInvalidGrant(error: unknown): never {
  if (error instanceof InvalidRefreshToken || error instanceof TokenReused) throw new InvalidGrant(error.message)
  throw error
}
