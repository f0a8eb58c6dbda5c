import { Introspection, OAuthErrorBody } from '@slipway/contracts/sso'
import { signed, type Route } from '@slipway/service-kit'
import { authenticateClient } from '../client/authenticate-client.ts'
import { readCredentials } from '../client/credentials.ts'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { introspection } from './introspection.ts'
import { TokenForm } from './token-request.ts'

const schema = {
  summary: 'Whether a token counts at this moment, and what it says (RFC 7662)',
  tags: ['tokens'],
  consumes: ['application/x-www-form-urlencoded'],
  body: TokenForm,
  response: { 200: Introspection, 400: OAuthErrorBody, 401: OAuthErrorBody },
}
const access = signed('id and secret of a client, by HTTP Basic or in the form')

export const introspectRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/oauth2/introspect', { schema, config: { access } }, async (request) => {
    const { body, headers } = request
    const credentials = readCredentials({ ...body, authorization: headers.authorization })
    const client = await authenticateClient(credentials, originOf(request), deps)
    return introspection(body.token, client, deps)
  })
}
