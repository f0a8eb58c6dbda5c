import { STATUS_CODES } from 'node:http'
import { problemMediaType } from '@slipway/errors'
import type { Answer } from '../../fixtures/api.ts'

const texts = ['type', 'title', 'code', 'detail', 'instance', 'traceId'] as const

/** What is wrong with an answer as problem details (RFC 9457) of this platform. */
export function problemMisfits({ status, headers, json }: Answer): string[] {
  const type = String(headers['content-type'])
  if (!type.startsWith(problemMediaType)) return [`content type ${type} instead of ${problemMediaType}`]
  if (typeof json !== 'object' || json === null) return ['the body is no JSON object']
  const body = json as Record<string, unknown>
  const { code, title, type: urn, errors } = body
  return [
    ...texts.filter((name) => typeof body[name] !== 'string' || body[name] === '').map((name) => `${name} is missing`),
    ...(body['status'] === status ? [] : [`status in the body is ${String(body['status'])}`]),
    ...(title === STATUS_CODES[status] ? [] : [`title is ${String(title)}`]),
    ...(/^[A-Z][A-Z\d_]*$/.test(String(code)) ? [] : [`code is ${String(code)}`]),
    ...(urn === `urn:problem:${String(code).toLowerCase().replaceAll('_', '-')}` ? [] : [`type is ${String(urn)}`]),
    ...(code === 'VALIDATION_FAILED' && !isFieldErrors(errors) ? ['errors[] does not say what is wrong where'] : []),
  ]
}

function isFieldErrors(errors: unknown): boolean {
  const isError = (error: Record<string, unknown>) =>
    typeof error['path'] === 'string' && error['path'].startsWith('/') && typeof error['message'] === 'string'
  return Array.isArray(errors) && errors.length > 0 && errors.every(isError)
}
