import type { App, CallerKind, RouteInfo } from '@slipway/service-kit'
import { tokenOf, user, type TestCaller } from '../../tokens/tokens.ts'
import { callerOf, permissionsOf, waysInto } from '../access/callers.ts'
import { openPlatformRoutes } from '../access/platform-routes.ts'
import { Findings } from '../findings.ts'
import { nameOf, written, type RouteRequest } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'
import { responseMisfits } from './check-response.ts'

interface AnswersOptions {
  app: Pick<App, 'inject'>
  /** Name of the service. */
  service: string
  routes: readonly RouteInfo[]
  /** A request of the person’s that succeeds. */
  arrange: (route: RouteInfo, person: TestCaller, way?: CallerKind) => Promise<RouteRequest>
}

/**
 * Every route answers a right request with what it declares, once in each way of calling it. Without this, a schema of
 * an answer might be one that nobody has ever seen.
 *
 * @throws Error with every answer that does not fit, and every route that was not brought to answer
 */
export async function checkAnswers({ app, service, routes, arrange }: AnswersOptions) {
  const findings = new Findings('Each route answers a right request as it declares')
  const platform = openPlatformRoutes(service)
  const permissions = permissionsOf(routes)
  for (const route of routes) {
    const name = nameOf(route)
    if (route.method === 'HEAD' || platform.includes(name) || route.url.endsWith('/debug/error')) continue
    for (const way of waysInto(route).length > 0 ? waysInto(route) : [undefined]) {
      const person = user()
      const sent = written(route, await arrange(route, person, way?.caller))
      const authorization = way && `Bearer ${await tokenOf(callerOf(way.caller, service, permissions, person.id))}`
      const answer = await send(app, { ...sent, headers: { ...(authorization && { authorization }), ...sent.headers } })
      const who = way ? `a ${way.caller} with all permissions` : 'a right request'
      if (answer.status >= 400)
        findings.add(
          name,
          `${who} gets ${answer.status} ${answer.text.slice(0, 300)}; say in \`requests\` what succeeds`,
        )
      for (const wrong of responseMisfits(route, answer)) findings.add(name, `${who} gets ${answer.status}: ${wrong}`)
    }
  }
  findings.throwIfAny()
}
