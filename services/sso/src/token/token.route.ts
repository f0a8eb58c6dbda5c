import { OAuthErrorBody, OAuthToken, tokenExchangeGrant } from '@slipway/contracts/sso'
import { signed, type Route } from '@slipway/service-kit'
import { readCredentials } from '../client/credentials.ts'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { clientCredentials } from './client-credentials.grant.ts'
import { UnsupportedGrantType } from './oauth-errors.ts'
import { refreshTokenGrant } from './refresh-token.grant.ts'
import { tokenExchange } from './token-exchange.grant.ts'
import { TokenRequest } from './token-request.ts'

const grants = new Map([
  ['client_credentials', clientCredentials],
  ['refresh_token', refreshTokenGrant],
  [tokenExchangeGrant, tokenExchange],
])
export const grantTypes = [...grants.keys()]

const schema = {
  summary: 'Token endpoint (RFC 6749, RFC 8693)',
  tags: ['tokens'],
  consumes: ['application/x-www-form-urlencoded'],
  body: TokenRequest,
  response: { 200: OAuthToken, 400: OAuthErrorBody, 401: OAuthErrorBody },
}
const access = signed('id and secret of a client, by HTTP Basic or in the form')

export const tokenRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/oauth2/token', { schema, config: { access } }, async (request) => {
    const { body, headers } = request
    const grant = grants.get(body.grant_type)
    if (!grant) throw new UnsupportedGrantType()
    const credentials = readCredentials({ ...body, authorization: headers.authorization })
    return grant(body, credentials, originOf(request), deps)
  })
}
