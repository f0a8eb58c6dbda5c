import { isDeepStrictEqual } from 'node:util'
import type { Contract, Operation } from '@slipway/s2s'
import type { RouteInfo } from '@slipway/service-kit'

/**
 * Holds a service to the contract that it publishes: each operation is a route under `prefix`, with the same bodies.
 * Mocks of others are checked against the contract; this is what makes it true.
 *
 * @throws Error naming every operation that is not
 */
export function checkContract(routes: readonly RouteInfo[], prefix: string, contract: Contract) {
  const wrong = Object.entries(contract).flatMap(([name, operation]) => {
    const route = routes.find(({ method, url }) => method === operation.method && url === prefix + operation.path)
    return differences(operation, route).map((what) => `${name}: ${operation.method} ${operation.path} ${what}`)
  })
  if (wrong.length > 0) throw new Error(['The service does not keep its contract:', ...wrong].join('\n  '))
}

function differences({ body, form, query, responses }: Operation, route: RouteInfo | undefined): string[] {
  if (!route) return ['is no route']
  const { schema } = route
  const answers = (schema.response ?? {}) as Record<string, unknown>
  // what is sent as a form may be more than the contract lets others know
  const request = [
    ...(form === undefined && !same(schema.body, body) ? ['takes another body'] : []),
    ...(query && !same(schema.querystring, query) ? ['takes another query'] : []),
  ]
  const success = Object.keys(responses).filter((status) => status.startsWith('2'))
  const declared = Object.keys(answers).filter((status) => status.startsWith('2'))
  return [
    ...request,
    ...success.filter((status) => !declared.includes(status)).map((status) => `does not answer ${status}`),
    ...declared.filter((status) => !success.includes(status)).map((status) => `answers ${status} too`),
    ...success
      .filter((status) => status !== '204' && answers[status] && !same(answers[status], responses[Number(status)]))
      .map((status) => `answers ${status} with another body`),
  ]
}

const same = (one: unknown, other: unknown) => isDeepStrictEqual(plain(one), plain(other))
const plain = (schema: unknown): unknown => (schema === undefined ? undefined : JSON.parse(JSON.stringify(schema)))
