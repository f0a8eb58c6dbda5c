import { Validator } from '@seriousme/openapi-schema-validator'
import type { App, RouteInfo } from '@slipway/service-kit'
import { Findings } from '../findings.ts'
import { nameOf } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'

interface Operation {
  summary?: string
  security?: readonly object[]
  responses?: object
}
interface OpenApi {
  openapi?: string
  paths?: Record<string, Record<string, Operation>>
}

interface DocsOptions {
  app: Pick<App, 'inject'>
  /** Name of the service. */
  service: string
  routes: readonly RouteInfo[]
}

/**
 * The document is valid OpenAPI 3.1, holds every route that is not hidden and no other, and says of each in a summary
 * what it is for and whether it needs a token.
 *
 * @throws Error with everything that is wrong or missing
 */
export async function checkDocs({ app, service, routes }: DocsOptions) {
  const findings = new Findings('The documents tell of every route')
  const url = `/${service}/docs/openapi.json`
  const document = (await send(app, { method: 'GET', url })).json as OpenApi
  const { valid, errors } = await new Validator().validate({ ...document })
  if (!valid) findings.add(url, `is not valid: ${JSON.stringify(errors)}`)
  if (document.openapi?.startsWith('3.1') !== true) findings.add(url, `is of version ${String(document.openapi)}`)
  await checkPage(app, `/${service}/docs`, findings)

  const operations = operationsOf(document)
  const shown = routes.filter(({ method, schema }) => !schema.hide && method !== 'HEAD' && method !== 'OPTIONS')
  const names = new Set(shown.map((route) => `${route.method} ${templateOf(route)}`))
  for (const name of operations.keys()) if (!names.has(name)) findings.add(name, 'is documented and is no route')
  for (const route of shown) {
    const operation = operations.get(`${route.method} ${templateOf(route)}`)
    for (const wrong of operation ? shortcomings(route, operation) : ['is not documented'])
      findings.add(nameOf(route), wrong)
  }
  findings.throwIfAny()
}

/** `/products/:id` is `/products/{id}` there. */
const templateOf = ({ url }: RouteInfo) => url.replaceAll(/:(\w+)(\([^)]*\))?\??/g, '{$1}')

const operationsOf = ({ paths = {} }: OpenApi) =>
  new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  )

function shortcomings({ access }: RouteInfo, { summary = '', security = [], responses = {} }: Operation): string[] {
  const guarded = access?.kind === 'callers'
  return [
    ...(summary.trim() === '' ? ['has no summary'] : []),
    ...(guarded === security.length > 0 ? [] : [guarded ? 'is documented as open' : 'is documented as guarded']),
    ...(Object.keys(responses).length > 0 ? [] : ['has no answers']),
  ]
}

async function checkPage(app: DocsOptions['app'], url: string, findings: Findings) {
  const { status, headers } = await send(app, { method: 'GET', url })
  const type = String(headers['content-type'])
  if (status !== 200 || !type.startsWith('text/html')) findings.add(`GET ${url}`, `${status} ${type} is no page`)
}
