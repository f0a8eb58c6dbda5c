import type { RouteInfo } from '@slipway/service-kit'

/** The route that answers a request, found by template as the router does: fixed words before parameters. */
export function findRoute(routes: readonly RouteInfo[], method: string, url: string): RouteInfo | undefined {
  const path = url.split('?', 1)[0] ?? ''
  return routes
    .filter((route) => route.method === method && patternOf(route).test(path))
    .sort((left, right) => wildness(left) - wildness(right))[0]
}

const patterns = new WeakMap<RouteInfo, RegExp>()

function patternOf(route: RouteInfo): RegExp {
  const known = patterns.get(route)
  if (known) return known
  const source = route.url
    .split(/(:\w+(?:\([^)]*\))?\??|\*)/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : part === '*' ? '.*' : '[^/]+'))
    .join('')
  const pattern = new RegExp(`^${source}/?$`)
  patterns.set(route, pattern)
  return pattern
}

const wildness = ({ url }: RouteInfo) => url.split(':').length + (url.includes('*') ? 100 : 0)
const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
