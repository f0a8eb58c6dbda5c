import type { App, RouteInfo } from '@slipway/service-kit'
import { tokenOf, user, type TestCaller } from '../../tokens/tokens.ts'
import { callerOf, permissionsOf, waysInto } from '../access/callers.ts'
import { differenceFrom } from '../access/refusals.ts'
import { Findings } from '../findings.ts'
import { nameOf, requestFor, written, type RouteRequest } from '../requests/route-request.ts'
import { send, type Sent } from '../requests/send.ts'
import type { ErrorReport } from './sentry-double.ts'

interface ErrorReportsOptions {
  app: Pick<App, 'inject'>
  service: string
  routes: readonly RouteInfo[]
  arrange: (route: RouteInfo, person: TestCaller) => Promise<RouteRequest>
  seed: number
  /** Sends what is buffered and tells everything that arrived. */
  settle: () => Promise<readonly ErrorReport[]>
}

const internal = { status: 500, code: 'INTERNAL', detail: 'Something went wrong on our side' }
const cause = 'This route always fails'

/**
 * `/debug/error` fails with a body that tells nothing of the inside and reaches Sentry once, without the caller's
 * token; no refusal and no business error of any route ever does.
 *
 * @throws Error with every report too many
 */
export async function checkErrorReports({ app, service, routes, arrange, seed, settle }: ErrorReportsOptions) {
  const findings = new Findings('Sentry sees the unexpected and nothing else')
  const failing = { method: 'GET', url: `/${service}/debug/error` }
  const permissions = permissionsOf(routes)
  const codes = new Set<string>()
  const provoke = async (sent: Sent) => {
    const { json } = await send(app, sent)
    codes.add(String((json as { code?: unknown } | undefined)?.code))
  }

  await provoke({ method: 'GET', url: `/${service}/nowhere` })
  for (const route of routes) {
    if (route.url === failing.url || route.method === 'HEAD') continue
    const person = user()
    const [way] = waysInto(route)
    const authorization = `Bearer ${await tokenOf(callerOf(way?.caller ?? 'user', service, permissions, person.id))}`
    for (const request of [await arrange(route, person), requestFor(route, seed)]) {
      const sent = written(route, request)
      await provoke(sent)
      await provoke({ ...sent, headers: { ...sent.headers, ...(way && { authorization }) } })
    }
  }

  const token = await tokenOf(user({ permissions: ['debug:read'] }))
  const answer = await send(app, { ...failing, headers: { authorization: `Bearer ${token}` } })
  const difference = differenceFrom(internal, answer, failing)
  if (difference) findings.add(nameOf(failing), `gets ${difference}`)

  const reports = await settle()
  const expected = reports.filter(({ message }) => message.startsWith(cause))
  if (expected.length !== 1) findings.add(nameOf(failing), `reached Sentry ${expected.length} times instead of once`)
  for (const report of reports) {
    if (!expected.includes(report))
      findings.add(service, `Sentry saw "${report.message}"; answers were ${[...codes].join()}`)
    if (report.raw.includes(token)) findings.add(nameOf(failing), 'told Sentry the caller’s token')
  }
  findings.throwIfAny()
}
