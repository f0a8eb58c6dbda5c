import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { grantTypes } from './token.route.ts'

const withSecret = ['client_secret_basic', 'client_secret_post']
const Texts = Type.Array(Type.String())
const schema = {
  summary: 'What this authorization server offers (RFC 8414)',
  tags: ['tokens'],
  response: {
    200: Type.Object({
      issuer: Type.String(),
      token_endpoint: Type.String(),
      introspection_endpoint: Type.String(),
      revocation_endpoint: Type.String(),
      jwks_uri: Type.String(),
      grant_types_supported: Texts,
      response_types_supported: Texts,
      token_endpoint_auth_methods_supported: Texts,
      introspection_endpoint_auth_methods_supported: Texts,
      revocation_endpoint_auth_methods_supported: Texts,
    }),
  },
}

export const metadataRoute: Route<Pick<Deps, 'settings'>> = async (app, { deps: { settings } }) => {
  const base = `${settings.PUBLIC_URL.replace(/\/+$/, '')}/sso`
  const metadata = {
    issuer: settings.TOKEN_ISSUER,
    token_endpoint: `${base}/oauth2/token`,
    introspection_endpoint: `${base}/oauth2/introspect`,
    revocation_endpoint: `${base}/oauth2/revoke`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    grant_types_supported: grantTypes,
    response_types_supported: [],
    token_endpoint_auth_methods_supported: [...withSecret, 'none'],
    introspection_endpoint_auth_methods_supported: withSecret,
    revocation_endpoint_auth_methods_supported: [...withSecret, 'none'],
  }

  app.get('/.well-known/oauth-authorization-server', { schema, config: { access: anyone() } }, async (_, reply) => {
    reply.header('cache-control', 'public, max-age=3600')
    return metadata
  })
}
