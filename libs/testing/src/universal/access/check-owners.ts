import { isDeepStrictEqual } from 'node:util'
import type { App, CallerKind, RouteInfo } from '@slipway/service-kit'
import { uuidv7 } from 'uuidv7'
import type { Answer } from '../../fixtures/api.ts'
import { tokenOf, user, type TestCaller } from '../../tokens/tokens.ts'
import { Findings } from '../findings.ts'
import { nameOf, parametersOf, written, type RouteRequest } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'
import { callerOf, waysInto } from './callers.ts'

export interface OwnersOptions {
  app: Pick<App, 'inject'>
  routes: readonly RouteInfo[]
  /** Name of the service. */
  service: string
  /** Routes with an owner. */
  owned: readonly string[]
  /** Makes an object of the person’s, and a request for it. */
  arrange: (route: RouteInfo, owner: TestCaller) => Promise<RouteRequest>
  /** Routes whose path names things that belong to nobody. */
  notOwned: readonly string[]
}

/**
 * Another caller’s object is answered exactly like one that is not there. Every route that a person may call without a
 * permission and that has a parameter in its path must be listed as one with an owner or as one without.
 *
 * @throws Error with all routes that tell more
 */
export async function checkOwners(options: OwnersOptions) {
  const { routes, owned, notOwned } = options
  const findings = new Findings('Nobody sees or changes what belongs to another')
  const byName = new Map(routes.map((route) => [nameOf(route), route]))
  for (const [name, route] of byName) {
    const listed = owned.includes(name) || notOwned.includes(name)
    if (needsOwner(route) && !listed) findings.add(name, 'has a parameter and is in neither owned nor notOwned')
  }
  for (const name of [...owned, ...notOwned]) if (!byName.has(name)) findings.add(name, 'is no such route')

  for (const name of owned) {
    const route = byName.get(name)
    if (!route) continue
    for (const kind of personalWays(route)) {
      for (const wrong of await leaks(route, kind, options)) findings.add(name, wrong)
    }
  }
  findings.throwIfAny()
}

/** Kinds of token of a person that get in without a permission. */
const personalWays = (route: RouteInfo): CallerKind[] =>
  waysInto(route)
    .filter(({ caller, permissions }) => caller !== 'service' && permissions.length === 0)
    .map(({ caller }) => caller)

const needsOwner = (route: RouteInfo) =>
  route.method !== 'HEAD' && parametersOf(route).length > 0 && personalWays(route).length > 0

async function leaks(route: RouteInfo, kind: CallerKind, { app, service, arrange }: OwnersOptions) {
  const owner = user()
  const request = await arrange(route, owner)
  const params = Object.fromEntries(Object.keys(request.params).map((name) => [name, uuidv7()]))
  const [ownerToo, stranger] = [owner.id, uuidv7()].map((id) => callerOf(kind, service, [], id))
  const ask = async (caller: TestCaller, asked: RouteRequest) => {
    const sent = written(route, asked)
    return send(app, { ...sent, headers: { ...sent.headers, authorization: `Bearer ${await tokenOf(caller)}` } })
  }
  const foreign = await ask(stranger!, request)
  const missing = await ask(stranger!, { ...request, params })
  const own = await ask(ownerToo!, request) // last: it may be gone after that

  return [
    ...(foreign.status === 404
      ? []
      : [`another ${kind}'s object gets ${foreign.status} ${foreign.text.slice(0, 200)}`]),
    ...(isDeepStrictEqual(comparable(foreign), comparable(missing))
      ? []
      : [`another ${kind}'s object gets ${foreign.text} and a missing one gets ${missing.text}`]),
    ...([401, 403, 404].includes(own.status) ? [`the owner gets ${own.status} ${own.text.slice(0, 200)}`] : []),
  ]
}

/** An answer without what differs from request to request. */
const comparable = ({ status, json }: Answer) => ({ status, ...(json as object), instance: '', traceId: '' })
