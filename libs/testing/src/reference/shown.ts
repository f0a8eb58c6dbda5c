import { problemMediaType } from '@slipway/errors'
import type { Answer } from '../fixtures/api.ts'

/** What is compared of an answer: everything that a caller may rely on. */
export interface Shown {
  status: number
  headers: Record<string, unknown>
  json?: unknown
  text?: string
}

/** Headers that mean something to the caller of a route; the others are the same for all of them, or for none. */
const important = [
  'allow',
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'deprecation',
  'etag',
  'idempotent-replayed',
  'last-modified',
  'link',
  'location',
  'retry-after',
  'set-cookie',
  'sunset',
  'www-authenticate',
]

export function shown({ status, headers, json, text }: Pick<Answer, 'status' | 'headers' | 'json' | 'text'>): Shown {
  const kept = important
    .filter((name) => headers[name] !== undefined)
    .map((name) => [name, valueOf(name, headers[name])])
  const body = json !== undefined ? { json: json as unknown } : text === '' ? {} : { text }
  return { status, headers: Object.fromEntries(kept) as Record<string, unknown>, ...body }
}

/** Of a content type only the type: `; charset=utf-8` is no news. */
const valueOf = (name: string, value: unknown) => (name === 'content-type' ? String(value).split(';', 1)[0] : value)

export interface Expected {
  status: number
  /** Every header that matters, but for the content type of a JSON body, which goes without saying. */
  headers?: Record<string, unknown>
  json?: unknown
  text?: unknown
}

/** An expectation with what goes without saying. */
export function complete({ status, headers = {}, json, text }: Expected): Shown {
  const isProblem = status >= 400 && typeof json === 'object' && json !== null && 'code' in json
  const type = json === undefined ? {} : { 'content-type': isProblem ? problemMediaType : 'application/json' }
  return {
    status,
    headers: { ...type, ...headers },
    ...(json !== undefined && { json }),
    ...(text !== undefined && { text: text as string }),
  }
}
