import { parse } from 'node:querystring'
import type { RouteInfo } from '@slipway/service-kit'
import { mutationsOf } from '../requests/mutations.ts'
import { parametersOf, schemaOf, written, type RouteRequest } from '../requests/route-request.ts'
import { nastyValues } from '../requests/nasty-values.ts'
import { misfits } from '../requests/validator.ts'
import type { Attempt } from './attempt.ts'

/** Longer ones never arrive: Node refuses 16 KiB of headers, the URL among them. */
const longest = 4_000
const shortened = (value: unknown) => (typeof value === 'string' ? value.slice(0, longest) : value)

/** Path parameters that are nasty, or escaped in ways that cannot be read. */
export function changedParams(route: RouteInfo, request: RouteRequest): Attempt[] {
  const schema = schemaOf(route, 'params')
  return parametersOf(route).flatMap((name) => {
    const texts = nastyValues(schema?.properties?.[name] ?? { type: 'string' })
    const readable = texts.map(([what, value]): Attempt => {
      const params = { ...request.params, [name]: String(shortened(value)) }
      const refused = schema !== undefined && misfits(schema, { ...params }, 'text').length > 0
      const sent = written(route, { ...request, params })
      return { what: `${what} for :${name}`, sent, ...(refused && { expected: refusedPath }) }
    })
    const unreadable = ['%', '%zz', '%c0%ae', '%00', '..%2f..%2fetc%2fpasswd', '%252e%252e'].map((text): Attempt => {
      const sent = written(route, { ...request, params: { ...request.params, [name]: text } }, { raw: true })
      const known = schema !== undefined || text.startsWith('%c') || text === '%' || text === '%zz'
      return { what: `${text} for :${name}`, sent, ...(known && { expected: refusedPath }) }
    })
    return [...readable, ...unreadable]
  })
}

/** A path that does not fit may be no route at all, or too long for one. */
const refusedPath = [400, 404, 414]

/** Queries with each field nasty, repeated or missing, and with what nobody asked for. */
export function changedQueries(route: RouteInfo, request: RouteRequest): Attempt[] {
  const schema = schemaOf(route, 'querystring')
  const changed = (what: string, query: object): Attempt => {
    const cut = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, shortened(value)]))
    const sent = written(route, { ...request, query: cut })
    const read = { ...parse(sent.url.split('?')[1] ?? '') }
    const refused = schema !== undefined && misfits(schema, read, 'text').length > 0
    return { what: `the query with ${what}`, sent, ...(refused && { expected: [400] }) }
  }
  const fields = schema ? mutationsOf(schema, request.query) : []
  const repeated = Object.entries(request.query).map(([name, value]) =>
    changed(`/${name} twice`, { ...request.query, [name]: [value, value] }),
  )
  return [
    ...fields.filter(({ value }) => isRecord(value)).map(({ what, value }) => changed(what, value as object)),
    ...repeated,
    ...oddQueries.map((search): Attempt => {
      const sent = written(route, { ...request, query: {} })
      return { what: `the query ${search}`, sent: { ...sent, url: `${sent.url}?${search}` } }
    }),
  ]
}

const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const oddQueries = ['', '%', '%00=%00', '__proto__=x', 'constructor[prototype]=x', '&&=&', `a=${'x'.repeat(longest)}`]
