import { isDeepStrictEqual } from 'node:util'
import type { App, CallerKind, RouteInfo } from '@slipway/service-kit'
import { uuidv7 } from 'uuidv7'
import type { Answer } from '../../fixtures/api.ts'
import { user, type TestCaller } from '../../tokens/tokens.ts'
import { Findings } from '../findings.ts'
import { nameOf, parametersOf, written, type RouteRequest } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'
import { askAs, shortened } from './ask-as.ts'
import { waysWithoutPermission } from './callers.ts'
import { checkLists } from './check-lists.ts'

export interface OwnersOptions {
  app: Pick<App, 'inject'>
  routes: readonly RouteInfo[]
  /** Name of the service. */
  service: string
  /** Routes with an owner. */
  owned: readonly string[]
  /** Makes an object of the person’s, and a request for it. One that brings a token along for services is the token’s. */
  arrange: (route: RouteInfo, owner: TestCaller, way?: CallerKind) => Promise<RouteRequest>
  /** Routes whose path names things that belong to nobody. */
  notOwned: readonly string[]
}

/**
 * Another caller’s object is answered exactly like one that is not there, and is in no list of mine. Every route that a
 * person may call without a permission and that has a parameter in its path must be listed as one with an owner or as
 * one without.
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
    for (const kind of waysWithoutPermission(route)) await checkObject(route, kind, options, findings)
  }
  findings.throwIfAny()
}

/** Kinds of token of a person that get in without a permission. */
const personalWays = (route: RouteInfo) => waysWithoutPermission(route).filter((kind) => kind !== 'service')

const needsOwner = (route: RouteInfo) =>
  route.method !== 'HEAD' && parametersOf(route).length > 0 && personalWays(route).length > 0

async function checkObject(route: RouteInfo, kind: CallerKind, options: OwnersOptions, findings: Findings) {
  const { app, arrange } = options
  const owner = user()
  const request = await arrange(route, owner, kind)
  if (kind === 'service' && !request.headers['authorization']) return // a person’s, which services may see
  const stranger = uuidv7()
  const params = Object.fromEntries(Object.keys(request.params).map((name) => [name, uuidv7()]))
  const foreign = await askAs(kind, stranger, options, route, request)
  const missing = await askAs(kind, stranger, options, route, { ...request, params })
  await checkLists({ route, kind, ids: Object.values(request.params) }, options, findings)
  // last: it may be gone after that
  const own = await (kind === 'service'
    ? send(app, written(route, request))
    : askAs(kind, owner.id, options, route, request))

  const name = nameOf(route)
  if (foreign.status !== 404)
    findings.add(name, `another ${kind}'s object gets ${foreign.status} ${shortened(foreign)}`)
  else if (!isDeepStrictEqual(comparable(foreign), comparable(missing)))
    findings.add(
      name,
      `another ${kind}'s object gets ${shortened(foreign)} and a missing one gets ${shortened(missing)}`,
    )
  if ([401, 403, 404].includes(own.status)) findings.add(name, `the owner gets ${own.status} ${shortened(own)}`)
}

/** An answer without what differs from request to request. */
const comparable = ({ status, json }: Answer) => ({ status, ...(json as object), instance: '', traceId: '' })
