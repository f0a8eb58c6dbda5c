import type { App, RouteInfo } from '@slipway/service-kit'
import { tokenOf, user, type TestCaller } from '../../tokens/tokens.ts'
import { Findings } from '../findings.ts'
import { nameOf, requestFor, written, type RouteRequest } from '../requests/route-request.ts'
import { send, type Sent } from '../requests/send.ts'
import { responseMisfits } from '../response/check-response.ts'
import { accessCases, type Guarded } from './access-cases.ts'
import { callerOf, waysInto } from './callers.ts'
import { differenceFrom, permissionMissing, refusals } from './refusals.ts'

export interface AccessOptions extends Guarded {
  app: Pick<App, 'inject'>
  routes: readonly RouteInfo[]
  /** A request of the person’s that fits the route. */
  arrange: (route: RouteInfo, person: TestCaller) => Promise<RouteRequest>
  seed: number
}

/**
 * Every route for callers refuses everyone who is none of them, with exactly our refusal, and lets in the least that
 * it declares. Routes without a token of ours must not be opened by one.
 *
 * @throws Error with every route and what it lets pass or refuses otherwise
 */
export async function checkAccess({ app, routes, arrange, seed, ...guarded }: AccessOptions) {
  const findings = new Findings('Each route refuses whoever may not call it')
  for (const route of routes) {
    const request = requestFor(route, seed)
    if (route.access?.kind === 'signed') await checkSigned(app, route, request, guarded, findings)
    if (route.access?.kind !== 'callers') continue
    await checkRefusals(app, route, request, guarded, findings)
    await checkSpellings(app, route, written(route, request), findings)
    await checkAdmission(app, route, arrange, guarded, findings)
  }
  findings.throwIfAny()
}

type Part = [Pick<App, 'inject'>, RouteInfo, RouteRequest, Guarded, Findings]

async function checkRefusals(...[app, route, request, guarded, findings]: Part) {
  for (const { what, authorization, query, refusal } of await accessCases(route, guarded)) {
    const sent = written(route, { ...request, query: { ...request.query, ...query } })
    const headers = { ...sent.headers, ...(authorization !== undefined && { authorization }) }
    const difference = differenceFrom(refusal, await send(app, { ...sent, headers }), sent)
    if (difference) findings.add(nameOf(route), `${what} gets ${difference}`)
  }
}

/** The way a path is written must not get anyone past a check: guards that look at URLs fall for it. */
async function checkSpellings(app: Pick<App, 'inject'>, route: RouteInfo, sent: Sent, findings: Findings) {
  const [path = '', ...query] = sent.url.split('?')
  const segment = path.split('/').at(2) ?? ''
  const encoded = `%${segment.charCodeAt(0).toString(16)}${segment.slice(1)}`
  const spellings = [
    `/${path}`,
    `${path}/`,
    `/.${path}`,
    `/x/..${path}`,
    path.toUpperCase(),
    path.replace(`/${segment}`, `/${encoded}`),
    path.replace(`/${segment}`, `//${segment}`),
    path.replace(`/${segment}`, `/;x=1/${segment}`),
  ]
  for (const spelling of spellings) {
    const { status } = await send(app, { ...sent, url: [spelling, ...query].join('?') })
    if (status !== 401 && status !== 404) findings.add(nameOf(route), `no token at ${spelling} gets ${status}`)
  }
}

/** Each way in, with the least that it asks for. What the handler then makes of the request is its own business. */
async function checkAdmission(
  app: Pick<App, 'inject'>,
  route: RouteInfo,
  arrange: AccessOptions['arrange'],
  { service }: Guarded,
  findings: Findings,
) {
  const closed: readonly unknown[] = [...Object.values(refusals), permissionMissing([])].map(({ code }) => code)
  for (const { caller, permissions } of waysInto(route)) {
    const person = user()
    const sent = written(route, await arrange(route, person))
    const authorization = `Bearer ${await tokenOf(callerOf(caller, service, permissions, person.id))}`
    const answer = await send(app, { ...sent, headers: { ...sent.headers, authorization } })
    const code = (answer.json as { code?: unknown } | undefined)?.code
    if (closed.includes(code))
      findings.add(nameOf(route), `a ${caller} token with what it asks for gets ${answer.status} ${String(code)}`)
    for (const wrong of responseMisfits(route, answer)) findings.add(nameOf(route), `${answer.status}: ${wrong}`)
  }
}

/** A route with a proof of its own takes neither no proof nor a token of ours in its place. */
async function checkSigned(...[app, route, request, { service, permissions }, findings]: Part) {
  const sent = written(route, request)
  const tokens = await Promise.all(
    (['user', 'service'] as const).map((kind) => tokenOf(callerOf(kind, service, permissions))),
  )
  for (const authorization of [undefined, ...tokens.map((token) => `Bearer ${token}`)]) {
    const headers = { ...sent.headers, ...(authorization !== undefined && { authorization }) }
    const { status } = await send(app, { ...sent, headers })
    if (status < 400 || status >= 500)
      findings.add(nameOf(route), `${authorization ? 'a token of ours' : 'no proof'} gets ${status}`)
  }
}
