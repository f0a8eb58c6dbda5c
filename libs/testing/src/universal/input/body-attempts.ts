import { parse } from 'node:querystring'
import type { RouteInfo } from '@slipway/service-kit'
import { mutationsOf, type Mutation } from '../requests/mutations.ts'
import { rawJson } from '../requests/nasty-values.ts'
import { formType, mediaTypeOf, schemaOf, written, type RouteRequest } from '../requests/route-request.ts'
import { misfits } from '../requests/validator.ts'
import type { Attempt } from './attempt.ts'

const takesBody = new Set(['POST', 'PUT', 'PATCH'])

/** Bodies that no route may choke on: text that is no JSON, too much of it, too deep, of other media types. */
export function unreadableBodies(route: RouteInfo, request: RouteRequest, bodyLimit: number): Attempt[] {
  if (!takesBody.has(route.method) || mediaTypeOf(route) !== 'application/json') return []
  const { body: _, payload: raw, ...rest } = request
  const sent = written(route, rest)
  const text = (payload: string, type = 'application/json') => ({
    ...sent,
    headers: { ...sent.headers, 'content-type': type },
    payload,
  })
  const right = written(route, request).payload ?? '{}'
  const types = route.schema.hide || raw !== undefined ? [] : otherTypes
  return [
    ...notJson.map((payload) => ({
      what: `the body ${JSON.stringify(payload)}`,
      sent: text(payload),
      expected: [400],
    })),
    { what: 'a body that is too large', sent: text(`"${'x'.repeat(bodyLimit)}"`), expected: [413] },
    ...types.map((type) => ({
      what: `content type ${type}`,
      sent: text(String(right), type),
      expected: [415],
    })),
  ]
}

const notJson = [
  '',
  ' ',
  '{',
  '{"a":',
  '{"a":1}}',
  '{a:1}',
  `{'a':1}`,
  '[1,]',
  'nul',
  '{"a":NaN}',
  '{"a":01}',
  '\u0000',
  '"\u0007"',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
]
const otherTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'json',
]

/** Bodies that can be read and differ from a right one. */
export function changedBodies(route: RouteInfo, request: RouteRequest): Attempt[] {
  const schema = schemaOf(route, 'body')
  if (!schema || request.body === undefined) return []
  const mutations = [...mutationsOf(schema, request.body), ...deepOnes(request.body)]
  return mutations.map((mutation) => changedBody(route, request, mutation))
}

/** Whether it must be refused is what the schema says about the text that is sent. */
export function changedBody(route: RouteInfo, request: RouteRequest, { what, value, extraField }: Mutation): Attempt {
  const isForm = mediaTypeOf(route) === formType
  const sent = written(route, { ...request, body: isForm ? asForm(value) : value })
  const read = isForm ? { ...parse(String(sent.payload)) } : (JSON.parse(String(sent.payload)) as unknown)
  const refused = (extraField && !isForm) || misfits(schemaOf(route, 'body') ?? {}, read, 'body').length > 0
  return { what: `the body with ${what}`, sent, ...(refused && { expected: [400] }) }
}

const asForm = (value: unknown) => (typeof value === 'object' && value !== null ? value : { value: String(value) })

const depth = 50_000
const nestedLists = rawJson('['.repeat(depth) + ']'.repeat(depth))
const nestedObjects = rawJson('{"a":'.repeat(depth) + '1' + '}'.repeat(depth))

function deepOnes(body: unknown): Mutation[] {
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  const [first] = Object.keys(fields)
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`field${number}`, number]))
  return [
    { what: 'lists in lists for everything', value: nestedLists },
    { what: 'objects in objects for everything', value: nestedObjects },
    { what: 'objects in objects in an extra field', value: { ...fields, unexpected: nestedObjects } },
    ...(first === undefined
      ? []
      : [{ what: `lists in lists at /${first}`, value: { ...fields, [first]: nestedLists } }]),
    { what: 'very many fields', value: { ...fields, ...many } },
  ]
}
