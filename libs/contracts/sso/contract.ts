import type { Contract } from '@slipway/s2s'
import { Type } from 'typebox'
import { OAuthErrorBody, OAuthToken } from './oauth.ts'

/** What other services ask of SSO: `ServiceTokens` of s2s does. */
export const ssoContract = {
  token: {
    method: 'POST',
    path: '/oauth2/token',
    form: Type.Object({ grant_type: Type.String() }),
    responses: { 200: OAuthToken, 400: OAuthErrorBody, 401: OAuthErrorBody },
  },
} as const satisfies Contract
