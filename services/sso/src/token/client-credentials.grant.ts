import type { OAuthToken } from '@slipway/contracts/sso'
import { authenticateClient, type ClientDeps } from '../client/authenticate-client.ts'
import type { Credentials } from '../client/credentials.ts'
import type { Deps } from '../deps.ts'
import type { Origin } from '../session/session.ts'
import { serviceClaims } from './claims.ts'
import { narrowScope } from './scope.ts'
import type { TokenRequest } from './token-request.ts'

/** A service’s own token (RFC 6749 section 4.4). */
export async function clientCredentials(
  { scope: requested }: TokenRequest,
  credentials: Credentials | undefined,
  origin: Origin,
  deps: ClientDeps & Pick<Deps, 'tokens' | 'settings'>,
): Promise<OAuthToken> {
  const client = await authenticateClient(credentials, origin, deps)
  const scope = narrowScope(client.permissions.join(' '), requested)
  const expiresIn = deps.settings.ACCESS_TOKEN_TTL_S
  const token = await deps.tokens.issue(serviceClaims(client, scope), expiresIn)
  return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope }
}
