import fc from 'fast-check'
import type { App, RouteInfo } from '@slipway/service-kit'
import type { LogLines } from '../../fixtures/log-lines.ts'
import type { Neighbours } from '../../fixtures/neighbours/neighbours.ts'
import { tokenOf, user, type TestCaller } from '../../tokens/tokens.ts'
import { callerOf, permissionsOf, waysInto } from '../access/callers.ts'
import { Findings } from '../findings.ts'
import { nameOf, written, type RouteRequest } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'
import { changedBodies, unreadableBodies } from './body-attempts.ts'
import { changedHeaders } from './header-attempts.ts'
import { judge, takesJson, type Subject } from './judge.ts'
import { randomBodies } from './random-attempts.ts'
import { changedParams, changedQueries } from './url-attempts.ts'

export interface InputOptions {
  app: Pick<App, 'inject'>
  routes: readonly RouteInfo[]
  logs: Pick<LogLines, 'lines'>
  neighbours: Pick<Neighbours, 'requests'>
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
 * that the route declares; never with 5xx, save for a neighbour that it asked, and nothing is logged as an error.
 *
 * @throws Error with every route and what it chokes on
 */
export async function checkInput(options: InputOptions) {
  const { app, routes, logs, neighbours, service, arrange, bodyLimit, seed, runs } = options
  const findings = new Findings(`Every input is answered (seed ${seed})`)
  const permissions = permissionsOf(routes)
  for (const route of routes) {
    if (route.method === 'HEAD' || route.url === '*' || route.url.endsWith('/debug/error')) continue
    const person = user()
    const [way] = waysInto(route)
    const authorization = way && `Bearer ${await tokenOf(callerOf(way.caller, service, permissions, person.id))}`
    const arranged = await arrange(route, person)
    const request = { ...arranged, headers: { ...(authorization && { authorization }), ...arranged.headers } }
    const right = written(route, request)
    const known = route.access?.kind !== 'signed' || (await send(app, right)).status < 400
    const subject = { app, route, right, logs, neighbours, exact: known && takesJson(route) && !request.payload }
    const attempts = [
      { what: 'a right request', sent: right },
      ...unreadableBodies(route, request, route.bodyLimit ?? bodyLimit),
      ...changedBodies(route, request),
      ...changedParams(route, request),
      ...changedQueries(route, request),
      ...changedHeaders(route, request),
    ]
    for (const attempt of attempts) {
      const wrong = await judge(subject, attempt)
      if (wrong) findings.add(nameOf(route), `${attempt.what} gets ${wrong}`)
    }
    const random = await firstFailure(subject, request, { seed, runs })
    if (random) findings.add(nameOf(route), random)
  }
  findings.throwIfAny()
}

async function firstFailure(
  subject: Subject,
  request: RouteRequest,
  { seed, runs }: Pick<InputOptions, 'seed' | 'runs'>,
) {
  const bodies = randomBodies(subject.route, request)
  if (!bodies) return undefined
  const property = fc.asyncProperty(bodies, async (attempt) => (await judge(subject, attempt)) === undefined)
  const { counterexample } = await fc.check(property, { seed, numRuns: runs })
  const [smallest] = counterexample ?? []
  return smallest && `${smallest.what} gets ${String(await judge(subject, smallest))}`
}
