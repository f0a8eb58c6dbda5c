import type { Access, RouteInfo } from '@slipway/service-kit'
import { Findings } from '../findings.ts'
import { nameOf } from '../requests/route-request.ts'
import { openPlatformRoutes } from './platform-routes.ts'

interface OpenRoutes {
  /** Name of the service. */
  name: string
  routes: readonly RouteInfo[]
  /** Routes that anyone may call, such as `GET /cart/v1/products`. */
  publicRoutes: readonly string[]
  /** Routes that check another proof themselves, such as a webhook’s signature. */
  signedRoutes: readonly string[]
}

/** The routes that need no token are exactly the listed ones. HEAD goes with its GET. @throws Error with all others */
export function checkOpenRoutes({ name, routes, publicRoutes, signedRoutes }: OpenRoutes) {
  const findings = new Findings('Only the listed routes need no token')
  const platform = openPlatformRoutes(name)
  const listed = { anyone: [...publicRoutes, ...platform], signed: signedRoutes, callers: [] }
  const lists = { anyone: 'publicRoutes', signed: 'signedRoutes', callers: 'no list' }
  const accesses = new Map(routes.map((route) => [nameOf(route), route.access]))

  for (const [route, access] of accesses) {
    const twin = route.startsWith('HEAD ') ? route.replace('HEAD', 'GET') : route
    if (!access) findings.add(route, 'declares no access')
    else if (access.kind !== kindOf(accesses.get(twin))) findings.add(route, `is not guarded as ${twin} is`)
    else if (access.kind !== 'callers' && twin === route && !listed[access.kind].includes(route))
      findings.add(route, `needs no token (${access.kind}) and is not in ${lists[access.kind]}`)
  }
  for (const kind of ['anyone', 'signed'] as const) {
    const gone = listed[kind].filter((route) => !platform.includes(route) && kindOf(accesses.get(route)) !== kind)
    for (const route of gone) findings.add(route, `is in ${lists[kind]} and is no such route`)
  }
  findings.throwIfAny()
}

const kindOf = (access: Access | undefined) => access?.kind
