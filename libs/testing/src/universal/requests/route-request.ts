import type { RouteInfo } from '@slipway/service-kit'
import type { JsonSchema } from './json-schema.ts'
import { valueFor } from './arbitrary.ts'
import { toJson } from './nasty-values.ts'
import type { Sent } from './send.ts'

/** The parts of a request to a route, before they are written into a URL, headers and text. */
export interface RouteRequest {
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, unknown>>
  headers: Readonly<Record<string, string>>
  body?: unknown
  /** Sent as it is, instead of a body; its content type is among the headers. */
  payload?: string
}

export const formType = 'application/x-www-form-urlencoded'
export const nameOf = ({ method, url }: Pick<RouteInfo, 'method' | 'url'>) => `${method} ${url}`
export const mediaTypeOf = ({ schema }: RouteInfo) => schema.consumes?.[0] ?? 'application/json'
export const schemaOf = ({ schema }: RouteInfo, part: 'params' | 'querystring' | 'headers' | 'body') =>
  schema[part] as JsonSchema | undefined

/** `:name`, `:name(pattern)`, `:name?` and `*` of a route's template. */
const parameter = /:(\w+)(?:\([^)]*\))?\??|\*/g

/** Names of the template's parameters; a wildcard's is `*`. */
export const parametersOf = ({ url }: Pick<RouteInfo, 'url'>) =>
  [...url.matchAll(parameter)].map(([whole, name]) => name ?? whole)

/** A request that fits the route's own schemas, always the same for a seed. */
export function requestFor(route: RouteInfo, seed: number): RouteRequest {
  const part = (name: Parameters<typeof schemaOf>[1]) => {
    const schema = schemaOf(route, name)
    return schema && valueFor(schema, seed)
  }
  const fromSchema = (part('params') ?? {}) as Record<string, unknown>
  const params = parametersOf(route).map((name) => [name, String(fromSchema[name] ?? 'anything')])
  const headers = Object.entries((part('headers') ?? {}) as object).map(([name, value]) => [name, String(value)])
  return {
    params: Object.fromEntries(params),
    query: (part('querystring') ?? {}) as Record<string, unknown>,
    headers: Object.fromEntries(headers),
    body: part('body'),
  }
}

/** The request as it travels. `raw` leaves path parameters as they are. */
export function written(
  route: RouteInfo,
  { params, query, headers, body, payload }: RouteRequest,
  { raw = false } = {},
): Sent {
  const write = (value: string) => (raw ? value : encode(value))
  const path = route.url.replaceAll(parameter, (whole, name?: string) => write(params[name ?? whole] ?? ''))
  const search = form(query)
  const sent = { method: route.method, url: search === '' ? path : `${path}?${search}` }
  if (payload !== undefined) return { ...sent, headers, payload }
  if (body === undefined) return { ...sent, headers }
  const type = mediaTypeOf(route)
  const text = type === formType ? form(body as object) : toJson(body)
  return { ...sent, headers: { ...headers, 'content-type': type }, payload: text }
}

/** Lists repeat their name. Half surrogate pairs become what every encoder makes of them. */
function form(fields: object): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) => `${encode(name)}=${encode(typeof each === 'object' ? JSON.stringify(each) : String(each))}`),
  )
  return pairs.join('&')
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed())
