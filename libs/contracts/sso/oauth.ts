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
