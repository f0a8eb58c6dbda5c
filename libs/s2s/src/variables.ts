import { Secret } from '@slipway/config'
import { Type, type Static, type TObject } from 'typebox'
import type { ClientOptions } from './client-options.ts'

/** Settings of calls to neighbours. Spread into a service's own schema; each neighbour's address is one more variable. */
export const s2sVariables = {
  CLIENT_ID: Type.Optional(
    Type.String({ minLength: 1, description: 'Who this service is at SSO; its own name if absent' }),
  ),
  CLIENT_SCOPE: Type.Optional(
    Type.String({ minLength: 1, description: 'What its own token is asked for, where the provider wants to be told' }),
  ),
  CLIENT_SECRET: Secret({ description: 'Proves it to SSO' }),
  S2S_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 5_000, description: 'A call with its retries takes no longer' }),
  S2S_CONNECT_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 1_000 }),
  S2S_RETRIES: Type.Integer({ minimum: 0, maximum: 10, default: 2, description: 'Of calls that are safe to repeat' }),
  S2S_CONNECTIONS: Type.Integer({ minimum: 1, default: 100, description: 'Open connections to one neighbour at most' }),
  S2S_MAX_RESPONSE_BYTES: Type.Integer({ minimum: 1, default: 4_194_304, description: 'Larger responses are refused' }),
  S2S_TOKEN_CACHE_URL: Type.Optional(
    Secret({
      pattern: '^rediss?://',
      description: 'Redis in which the replicas of this service share their tokens, encrypted; in memory without it',
    }),
  ),
  S2S_CA: Type.Optional(
    Type.String({ description: 'Certificate authorities of the neighbours, PEM; usually given by S2S_CA_FILE' }),
  ),
  S2S_CLIENT_CERTIFICATE: Type.Optional(
    Type.String({ description: 'Certificate shown to neighbours, PEM; usually given by S2S_CLIENT_CERTIFICATE_FILE' }),
  ),
  S2S_CLIENT_KEY: Type.Optional(Secret({ description: 'Its private key, PEM; usually given by S2S_CLIENT_KEY_FILE' })),
}

export type S2SSettings = Static<TObject<typeof s2sVariables>>

/** The part of a client's options that settings decide. */
export function clientOptions(
  settings: Omit<S2SSettings, 'CLIENT_ID' | 'CLIENT_SECRET' | 'CLIENT_SCOPE'>,
): Omit<ClientOptions, 'name' | 'baseUrl' | 'observability'> & { tokenCacheUrl?: string } {
  return {
    timeoutMs: settings.S2S_TIMEOUT_MS,
    connectTimeoutMs: settings.S2S_CONNECT_TIMEOUT_MS,
    retries: settings.S2S_RETRIES,
    connections: settings.S2S_CONNECTIONS,
    maxResponseBytes: settings.S2S_MAX_RESPONSE_BYTES,
    tokenCacheUrl: settings.S2S_TOKEN_CACHE_URL,
    tls: { ca: settings.S2S_CA, cert: settings.S2S_CLIENT_CERTIFICATE, key: settings.S2S_CLIENT_KEY },
  }
}
