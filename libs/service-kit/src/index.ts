export { anyOf, anyone, delegated, service, signed, user, type Access, type CallerKind } from './access/access.ts'
export { may, requirePermission, type Caller } from './access/caller.ts'
export { callerOf } from './access/default-deny.ts'
export { Forbidden, InvalidToken, PermissionMissing, TokenExpired, Unauthenticated } from './access/errors.ts'
export { collectRoutes, routesOf, type RouteInfo } from './access/routes.ts'
export { newId, systemClock, type Clock } from './clock.ts'
export type { App, Route } from './server/app.ts'
export { ValidationFailed } from './server/errors.ts'
export { withFormats } from './server/validation.ts'
export { assemble, defineService, type Parts } from './service/build-service.ts'
export { WrongCommand } from './service/wrong-command.ts'
export type {
  BaseDeps,
  BaseSettings,
  BuiltService,
  Platform,
  Service,
  ServiceCommand,
  ServiceDefinition,
} from './service/definition.ts'
export { listenForMetrics } from './service/metrics-listener.ts'
export { runService } from './service/run-service.ts'
export { whenTold } from './service/when-told.ts'
export { within } from './service/within.ts'
export { publishedKeys } from './tokens/published-keys.ts'
export { createVerifier, platformAudience, type VerifierOptions, type VerifyToken } from './tokens/verifier.ts'
export { serviceVariables, type ServiceSettings } from './variables.ts'
