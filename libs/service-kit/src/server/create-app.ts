import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Observability } from '@slipway/observability'
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { denyByDefault } from '../access/default-deny.ts'
import type { VerifyToken } from '../tokens/verifier.ts'
import type { ServiceSettings } from '../variables.ts'
import type { App } from './app.ts'
import { allowOrigins } from './cors.ts'
import { debugRoutes } from './debug.ts'
import { collectDocs, docsRoutes } from './docs.ts'
import { healthRoutes, type ReadinessChecks } from './health.ts'
import { shedLoad } from './overload.ts'
import { renderProblems } from './problems.ts'
import { scopeRequests } from './request-scope.ts'
import { sendSecurityHeaders } from './security-headers.ts'
import { serializeBySchema } from './serialization.ts'
import { refuseUndeclaredBodies, validateBySchema } from './validation.ts'

export interface AppOptions {
  /** Name of the service: its path prefix. */
  name: string
  version: string
  description: string
  settings: ServiceSettings
  /** Settings as `/debug/info` may show them. */
  maskedSettings: Record<string, unknown>
  observability: Observability
  verify: VerifyToken
  readiness: ReadinessChecks
  /** Adds the service’s own plugins and routes, under its prefix. */
  routes: (app: App) => void | Promise<void>
}

/** The server of one service, ready to be handed requests; it does not listen yet. @throws when a route lacks access */
export async function createApp(options: AppOptions): Promise<App> {
  const { name, version, description, settings, observability, verify } = options
  let refuse: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void = () => {}
  const app: App = fastify({
    loggerInstance: observability.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // what is known of a request comes from its context
    childLoggerFactory: (logger) => logger,
    trustProxy: trustProxy(settings.TRUST_PROXY),
    bodyLimit: settings.BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // a request that comes in while we stop is answered, and its connection closed: a proxy that reuses it loses nothing
    return503OnClosing: false,
    frameworkErrors: (error: FastifyError, request, reply) => refuse(error, request, reply),
  }).withTypeProvider<TypeBoxTypeProvider>()

  const scope = scopeRequests(app, observability)
  const render = renderProblems(app, observability)
  refuse = (error, request, reply) => scope(request, reply, () => void render(error, request, reply))
  app.removeContentTypeParser('text/plain')
  validateBySchema(app)
  refuseUndeclaredBodies(app)
  await serializeBySchema(app)
  denyByDefault(app, verify, observability)
  await allowOrigins(app, settings.CORS_ORIGINS) // before what refuses: a page must be able to read why
  await shedLoad(app, settings.MAX_EVENT_LOOP_DELAY_MS)
  sendSecurityHeaders(app, { production: settings.NODE_ENV === 'production' })
  await collectDocs(app, { service: name, version, description, publicUrl: settings.PUBLIC_URL })
  await app.register(
    async (scoped) => {
      healthRoutes(scoped, options.readiness)
      debugRoutes(scoped, { service: name, version, commit: settings.COMMIT, settings: options.maskedSettings })
      await docsRoutes(scoped)
      await options.routes(scoped)
    },
    { prefix: `/${name}` },
  )
  await app.ready()
  return app
}

function trustProxy(value: string): boolean | string[] {
  if (value === 'true' || value === 'false') return value === 'true'
  return value.split(',').map((address) => address.trim())
}
