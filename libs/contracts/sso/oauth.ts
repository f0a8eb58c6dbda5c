import { Type, type Static } from 'typebox'

/** RFC 8693 */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'

/** RFC 6749 section 5.1; `issued_token_type` of RFC 8693 section 2.2.1. */
export const OAuthToken = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  scope: Type.String(),
  refresh_token: Type.Optional(Type.String()),
  issued_token_type: Type.Optional(Type.String()),
})
export type OAuthToken = Static<typeof OAuthToken>

/** RFC 6749 section 5.2. */
export const OAuthErrorBody = Type.Object({ error: Type.String(), error_description: Type.String() })

/** RFC 7662 section 2.2; nothing but `active` of a token that does not count, or is none of the asker’s business. */
export const Introspection = Type.Object({
  active: Type.Boolean(),
  token_type: Type.Optional(Type.Literal('Bearer')),
  token_use: Type.Optional(Type.String({ description: 'user, service, delegated or refresh' })),
  iss: Type.Optional(Type.String()),
  sub: Type.Optional(Type.String()),
  aud: Type.Optional(Type.String()),
  client_id: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
  roles: Type.Optional(Type.Array(Type.String())),
  sid: Type.Optional(Type.String()),
  jti: Type.Optional(Type.String()),
  act: Type.Optional(Type.Object({ sub: Type.String() })),
  iat: Type.Optional(Type.Integer()),
  exp: Type.Optional(Type.Integer()),
})
export type Introspection = Static<typeof Introspection>
