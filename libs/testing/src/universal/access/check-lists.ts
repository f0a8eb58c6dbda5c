import type { CallerKind, RouteInfo } from '@slipway/service-kit'
import { user } from '../../tokens/tokens.ts'
import type { Findings } from '../findings.ts'
import { nameOf, parametersOf, schemaOf, type RouteRequest } from '../requests/route-request.ts'
import { askAs, shortened } from './ask-as.ts'
import { waysWithoutPermission } from './callers.ts'
import type { OwnersOptions } from './check-owners.ts'

interface Owned {
  route: RouteInfo
  /** Of its owner, and of who looks for it. */
  kind: CallerKind
  ids: readonly string[]
}

/** What callers of a kind may read without naming anything, such as their list of orders, shows no ids of another’s. */
export async function checkLists({ route, kind, ids }: Owned, options: OwnersOptions, findings: Findings) {
  for (const list of options.routes.filter(isListFor(kind))) {
    const reader = user()
    const request = await options.arrange(list, reader, kind)
    const answer = await askAs(kind, reader.id, options, list, { ...request, query: leastQuery(list, request) })
    if (answer.status >= 300) {
      const got = `${answer.status} ${shortened(answer)}`
      findings.add(nameOf(list), `the list of another ${kind} gets ${got}; say in \`requests\` what succeeds`)
    }
    for (const id of ids)
      if (answer.text.includes(id)) findings.add(nameOf(list), `shows another ${kind}'s ${id} of ${nameOf(route)}`)
  }
}

const isListFor = (kind: CallerKind) => (route: RouteInfo) =>
  route.method === 'GET' && parametersOf(route).length === 0 && waysWithoutPermission(route).includes(kind)

/** Only what must be there: a filter might leave out what should not be shown. */
function leastQuery(route: RouteInfo, { query }: RouteRequest) {
  const { required = [], properties = {} } = schemaOf(route, 'querystring') ?? {}
  const needed = required.filter((name) => !('default' in (properties[name] ?? {})))
  return Object.fromEntries(Object.entries(query).filter(([name]) => needed.includes(name)))
}
