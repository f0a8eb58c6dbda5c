import { accessTokenType, type OAuthToken } from '@slipway/contracts/sso'
import { authenticateClient, type ClientDeps } from '../client/authenticate-client.ts'
import type { Credentials } from '../client/credentials.ts'
import type { Client } from '../client/clients.ts'
import type { Deps } from '../deps.ts'
import type { Origin } from '../session/session.ts'
import { delegatedClaims } from './claims.ts'
import { InvalidRequest, InvalidTarget, UnauthorizedClient } from './oauth-errors.ts'
import { narrowScope } from './scope.ts'
import { readSubject } from './subject-token.ts'
import type { TokenRequest } from './token-request.ts'

const tokenTypes = [accessTokenType, 'urn:ietf:params:oauth:token-type:jwt']

/** A token on behalf of a user, for one other service (RFC 8693). It never outlives the user’s own. */
export async function tokenExchange(
  request: TokenRequest,
  credentials: Credentials | undefined,
  origin: Origin,
  deps: ClientDeps & Pick<Deps, 'tokens' | 'signingKeys' | 'settings'>,
): Promise<OAuthToken> {
  const client = await authenticateClient(credentials, origin, deps)
  const audience = audienceOf(request, client)
  const subject = await readSubject(subjectTokenOf(request), deps)
  const claims = delegatedClaims({ ...subject, scope: narrowScope(subject.scope, request.scope) }, client, audience)
  const left = subject.exp - Math.floor(deps.clock.now().getTime() / 1_000)
  const expiresIn = Math.min(left, deps.settings.DELEGATED_TOKEN_TTL_S)
  return {
    access_token: await deps.tokens.issue(claims, expiresIn),
    issued_token_type: accessTokenType,
    token_type: 'Bearer',
    expires_in: expiresIn,
    scope: claims.scope,
  }
}

function audienceOf({ audience, resource }: TokenRequest, { audiences }: Client): string {
  if (audiences.length === 0) throw new UnauthorizedClient('This client may not exchange tokens')
  if (resource !== undefined) throw new InvalidTarget('The target is named by audience, not by resource')
  if (audience === undefined) throw new InvalidRequest('audience is missing')
  if (!audiences.includes(audience)) throw new InvalidTarget('This client may not call that audience')
  return audience
}

function subjectTokenOf(request: TokenRequest): string {
  const { subject_token, subject_token_type, requested_token_type = accessTokenType, actor_token } = request
  if (subject_token === undefined) throw new InvalidRequest('subject_token is missing')
  if (!tokenTypes.includes(subject_token_type ?? ''))
    throw new InvalidRequest('subject_token_type is not an access token')
  if (!tokenTypes.includes(requested_token_type))
    throw new InvalidRequest('requested_token_type is not an access token')
  if (actor_token !== undefined) throw new InvalidRequest('The actor is the client itself: no actor_token is taken')
  return subject_token
}
