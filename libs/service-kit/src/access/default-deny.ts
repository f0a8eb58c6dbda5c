import type { Observability } from '@slipway/observability'
import type { FastifyRequest, RouteOptions } from 'fastify'
import type { App } from '../server/app.ts'
import type { VerifyToken } from '../tokens/verifier.ts'
import type { Access } from './access.ts'
import { authorize } from './authorize.ts'
import type { Caller } from './caller.ts'
import { InvalidToken, Unauthenticated } from './errors.ts'
import { collectRoutes } from './routes.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Who calls. Reading it on a route that lets anyone in throws. */
    readonly caller: Caller
  }
}

const callers = new WeakMap<object, Caller>()

/** The caller, or undefined where no token was needed. */
export const callerOf = (request: object) => callers.get(request)

/**
 * Every route must declare `config.access`, the ones that plugins add included; otherwise `ready()` fails and names
 * them. Routes for callers get the check as their first hook, so no body is read for a stranger.
 */
export function denyByDefault(app: App, verify: VerifyToken, { context }: Pick<Observability, 'context'>) {
  const routes = collectRoutes(app)
  const guarded = new WeakSet<RouteOptions>()

  app.decorateRequest('caller', {
    getter() {
      const caller = callers.get(this)
      if (!caller) throw new Error('This route declares no caller')
      return caller
    },
  })

  app.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access
    if (access?.kind !== 'callers') return
    const authenticate = async (request: FastifyRequest) => {
      const caller = await verify(bearer(request.headers.authorization))
      callers.set(request, caller)
      const current = context.get()
      if (current) current.caller = caller.id
      authorize(access, caller)
    }
    route.onRequest = [authenticate, ...[route.onRequest ?? []].flat()]
    guarded.add(route)
  })

  app.addHook('onReady', async () => {
    const open = routes.filter(({ route }) => {
      const access = route.config?.access
      return !access || (access.kind === 'callers' && !guarded.has(route))
    })
    const names = open.map(({ route: { method }, url }) => `${String(method)} ${url}`)
    if (names.length > 0) throw new Error(`Routes without config.access:\n  ${names.join('\n  ')}`)
  })
}

/** Lets anyone call the routes that `register` adds: for plugins whose routes cannot say it themselves. */
export async function forAnyone(app: App, register: () => PromiseLike<unknown>) {
  let open = true
  app.addHook('onRoute', (route: RouteOptions) => {
    if (open) route.config = { ...route.config, access: { kind: 'anyone' } }
  })
  await register()
  open = false
}

function bearer(header: string | undefined): string {
  if (header === undefined) throw new Unauthenticated()
  const token = /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(header)?.[1]
  if (!token) throw new InvalidToken('The Authorization header is not "Bearer <token>"')
  return token
}
