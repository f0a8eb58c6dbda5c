import { OAuthErrorBody } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { authenticateClient } from '../client/authenticate-client.ts'
import { platformClient } from '../client/clients.ts'
import { readCredentials } from '../client/credentials.ts'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { InvalidClient } from './oauth-errors.ts'
import { revokeToken } from './revoke-token.ts'
import { TokenForm } from './token-request.ts'

const schema = {
  summary: 'End the session that a token belongs to (RFC 7009)',
  description: 'Also for a token that does not count any more. Whoever has the token may do it.',
  tags: ['tokens'],
  consumes: ['application/x-www-form-urlencoded'],
  body: TokenForm,
  response: { 200: Type.Object({}), 400: OAuthErrorBody, 401: OAuthErrorBody },
}

/** The platform’s own client has no secret, so that having the token is all the proof there is; a wrong secret is refused. */
export const revokeRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/oauth2/revoke', { schema, config: { access: anyone() } }, async (request) => {
    const { body, headers } = request
    const credentials = readCredentials({ ...body, authorization: headers.authorization })
    if (credentials) await authenticateClient(credentials, originOf(request), deps)
    else if ((body.client_id ?? platformClient) !== platformClient) throw new InvalidClient()
    await revokeToken(body.token, originOf(request), deps)
    return {}
  })
}
