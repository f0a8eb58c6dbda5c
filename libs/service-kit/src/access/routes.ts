import type { FastifySchema, RouteOptions } from 'fastify'
import type { App } from '../server/app.ts'
import type { Access } from './access.ts'

/** One route of the router, as it was declared. */
export interface RouteInfo {
  method: string
  /** Template with the service’s prefix: `/cart/v1/products/:productId`. */
  url: string
  /** Absent only where default-deny is not in force. */
  access: Access | undefined
  schema: FastifySchema & { hide?: boolean; summary?: string; consumes?: readonly string[] }
  /** Bytes; absent where the server’s own limit holds. */
  bodyLimit: number | undefined
}

interface Collected {
  readonly route: RouteOptions
  /** As it was when the route was added: for the root of a prefix Fastify adds `/` later, in the same options. */
  readonly url: string
}

const collected = new WeakMap<object, Collected[]>()

/** Remembers every route that is added from now on, those of plugins and HEAD and OPTIONS included. */
export function collectRoutes(app: App): readonly Collected[] {
  const routes: Collected[] = []
  collected.set(app.server, routes)
  app.addHook('onRoute', (route: RouteOptions) => void routes.push({ route, url: route.url }))
  return routes
}

/** Every route of the app’s router, in the order they were added. @throws where they were not collected */
export function routesOf(app: App): RouteInfo[] {
  const routes = collected.get(app.server)
  if (!routes) throw new Error('The routes of this app were not collected')
  return routes.flatMap(({ route, url: added }) => {
    const { method, url, config, schema = {}, bodyLimit } = route
    const facts = { access: config?.access, schema, bodyLimit }
    return [...new Set([added, url])].flatMap((each) =>
      [method].flat().map((name) => ({ method: name, url: each, ...facts })),
    )
  })
}
