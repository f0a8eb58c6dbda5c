import { Type, type Static, type TObject } from 'typebox'
import { originsPattern } from './server/cors.ts'
import { claimsPattern } from './tokens/claim-names.ts'

/** Settings of every service. */
export const serviceVariables = {
  NODE_ENV: Type.Enum(['development', 'test', 'production'], { default: 'development' }),
  ROLE: Type.Enum(['all', 'api', 'worker'], {
    default: 'all',
    description: 'What this process does: answer, work, both',
  }),
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  COMMIT: Type.Optional(Type.String({ description: 'Commit that runs, for /debug/info; images and releases have it' })),
  METRICS_PORT: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65_535, description: 'Internal listener for /metrics; none when absent' }),
  ),
  PUBLIC_URL: Type.String({
    format: 'uri',
    description: 'Address of the platform as browsers see it, without a prefix',
  }),
  SSO_URL: Type.String({
    format: 'uri',
    description: 'Address of SSO with its prefix: keys and tokens come from there',
  }),
  TOKEN_ISSUER: Type.String({ format: 'uri', description: '`iss` of accepted tokens' }),
  SSO_METADATA_URL: Type.Optional(
    Type.String({
      format: 'uri',
      description:
        'Metadata of another identity provider (RFC 8414, OpenID): its keys and tokens instead of those of SSO',
    }),
  ),
  TOKEN_CLAIMS: Type.String({
    pattern: claimsPattern,
    default: '',
    description: 'Names that another provider gives to claims: `client=azp roles=realm_access.roles`',
  }),
  TOKEN_CLOCK_TOLERANCE_S: Type.Integer({ minimum: 0, maximum: 300, default: 5 }),
  TRUST_PROXY: Type.String({ default: 'false', description: 'true, false, or addresses whose X-Forwarded-* count' }),
  CORS_ORIGINS: Type.String({
    pattern: originsPattern,
    default: '',
    description: 'Whose pages may call: `https://app.example, http://localhost:*`, or `*` for all, without cookies',
  }),
  BODY_LIMIT_BYTES: Type.Integer({ minimum: 1, default: 1_048_576 }),
  MAX_EVENT_LOOP_DELAY_MS: Type.Integer({
    minimum: 0,
    default: 3_000,
    description: 'New requests get 503 while the event loop is later than this on average; 0: never',
  }),
  STOP_TIMEOUT_MS: Type.Integer({ minimum: 0, default: 10_000, description: 'What has not finished by then is cut' }),
}

export type ServiceSettings = Static<TObject<typeof serviceVariables>>
