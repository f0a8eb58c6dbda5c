export type { Authorization } from './authorization.ts'
export { BaseClient } from './base-client.ts'
export { timeoutHeader } from './call/deadline.ts'
export type { CallOptions, ClientOptions, Method, PathParams, Query, Tls } from './client-options.ts'
export {
  BadUpstreamResponse,
  UpstreamProblem,
  UpstreamTimeout,
  UpstreamUnauthorized,
  UpstreamUnavailable,
  UserTokenRefused,
} from './errors.ts'
export { exchange, forward, type OnBehalfOf } from './on-behalf-of.ts'
export type { Contract, Operation, OperationOptions, ResultOf } from './operation.ts'
export { S2SClient, type S2SClientOptions } from './s2s-client.ts'
export { ProviderMetadata } from './tokens/provider-metadata.ts'
export { ServiceTokens, type ServiceTokensOptions, type TokenSource } from './tokens/service-tokens.ts'
export { clientOptions, s2sVariables, type S2SSettings } from './variables.ts'
