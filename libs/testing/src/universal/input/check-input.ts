import fc from 'fast-check'
import type { App, RouteInfo } from '@slipway/service-kit'
import type { LogLines } from '../../fixtures/log-lines.ts'
import { tokenOf, user, type TestCaller } from '../../tokens/tokens.ts'
import { callerOf, permissionsOf, waysInto } from '../access/callers.ts'
import { Findings } from '../findings.ts'
import { nameOf, written, type RouteRequest } from '../requests/route-request.ts'
import { changedBodies, unreadableBodies } from './body-attempts.ts'
import { changedHeaders } from './header-attempts.ts'
import { Probe } from './probe.ts'
import { randomBodies } from './random-attempts.ts'
import { changedParams, changedQueries } from './url-attempts.ts'

export interface InputOptions {
  app: Pick<App, 'inject'>
  routes: readonly RouteInfo[]
  logs: Pick<LogLines, 'lines'>
  /** Name of the service. */
  service: string
  /** A request of the person’s that fits the route. */
  arrange: (route: RouteInfo, person: TestCaller) => Promise<RouteRequest>
  /** Largest body in bytes where a route does not say. */
  bodyLimit: number
  seed: number
  /** Random bodies for each route. */
  runs: number
}

/**
 * Whatever is sent is answered: what does not fit the route's schema with 4xx and problem details, the rest in a way
 * that the route declares; never with 500, and nothing is logged as an error.
 *
 * @throws Error with every route and what it chokes on
 */
export async function checkInput({ app, routes, logs, service, arrange, bodyLimit, seed, runs }: InputOptions) {
  const findings = new Findings(`Every input is answered (seed ${seed})`)
  const permissions = permissionsOf(routes)
  for (const route of routes) {
    if (route.method === 'HEAD' || route.url === '*' || route.url.endsWith('/debug/error')) continue
    const person = user()
    const [way] = waysInto(route)
    const authorization = way && `Bearer ${await tokenOf(callerOf(way.caller, service, permissions, person.id))}`
    const request = await arrange(route, person)
    const probe = new Probe(app, route, { authorization, logs, findings })
    const attempts = [
      { what: 'a right request', sent: written(route, request) },
      ...unreadableBodies(route, request, route.bodyLimit ?? bodyLimit),
      ...changedBodies(route, request),
      ...changedParams(route, request),
      ...changedQueries(route, request),
      ...changedHeaders(route, request),
    ]
    for (const attempt of attempts) await probe.try(attempt)
    await tryAtRandom(route, request, { probe, findings, seed, runs })
  }
  findings.throwIfAny()
}

interface Random extends Pick<InputOptions, 'seed' | 'runs'> {
  probe: Probe
  findings: Findings
}

async function tryAtRandom(route: RouteInfo, request: RouteRequest, { probe, findings, seed, runs }: Random) {
  const bodies = randomBodies(route, request)
  if (!bodies) return
  const property = fc.asyncProperty(bodies, async (attempt) => (await probe.judge(attempt)) === undefined)
  const { failed, counterexample } = await fc.check(property, { seed, numRuns: runs })
  const [smallest] = counterexample ?? []
  if (failed && smallest) findings.add(nameOf(route), `${smallest.what} gets ${String(await probe.judge(smallest))}`)
}
