import type { RouteInfo } from '@slipway/service-kit'
import type { Answer } from '../../fixtures/api.ts'
import { nameOf } from '../requests/route-request.ts'
import { inWords, misfits } from '../requests/validator.ts'
import { problemMisfits } from './problem.ts'

/**
 * Compares an answer with what its route promises: a declared status and a body that fits the schema of that status,
 * or problem details. Routes that are not in the documents (`hide: true`) are held to it only where they declare it.
 *
 * @throws Error that names the route and everything that is wrong
 */
export function checkResponse(route: RouteInfo, answer: Answer): void {
  const wrong = responseMisfits(route, answer)
  if (wrong.length > 0)
    throw new Error(`${nameOf(route)} answered ${answer.status} and that does not fit:\n  ${wrong.join('\n  ')}`)
}

/** What `checkResponse` would say, as a list; empty when all is well. */
export function responseMisfits(route: RouteInfo, answer: Answer): string[] {
  const { status, text } = answer
  if (route.method === 'HEAD') return text === '' ? [] : ['HEAD is answered with a body']
  const declared = declaredFor(route, status)
  if (declared) return bodyMisfits(declared, answer)
  if (status >= 400) return isDocument(route, answer) ? [] : problemMisfits(answer)
  if (route.schema.hide || status === 304) return []
  return [`status ${status} is not declared in schema.response`]
}

/** The schema under the status itself, under its class (`4xx`) or under `default`. */
function declaredFor({ schema }: RouteInfo, status: number): object | undefined {
  const response = (schema.response ?? {}) as Record<string, object | undefined>
  const family = `${Math.floor(status / 100)}xx`
  return response[status] ?? response[family] ?? response[family.toUpperCase()] ?? response['default']
}

/** Pages for people, such as an error in a browser, are no part of the API. */
const isDocument = ({ schema }: RouteInfo, { headers }: Answer) =>
  Boolean(schema.hide) && String(headers['content-type']).startsWith('text/html')

function bodyMisfits(declared: object, answer: Answer): string[] {
  const { headers, text, json } = answer
  const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  const content = (declared as { content?: Record<string, { schema?: object }> }).content
  if (content && !content[type]) return [`content type ${type} is not declared`]
  const schema = content ? content[type]?.schema : declared
  if (!schema) return []
  if ((schema as { type?: unknown }).type === 'null')
    return text === '' || json === null ? [] : ['a body where none is declared']
  if (!/\bjson$/.test(type)) return content ? [] : [`content type ${type || '(none)'} instead of JSON`]
  const errors = misfits(schema, json)
  return errors.length > 0 ? [inWords(errors)] : []
}
