import { isDeepStrictEqual } from 'node:util'
import { problemMediaType } from '@slipway/errors'
import type { Answer } from '../../fixtures/api.ts'
import { problem } from '../../fixtures/problem.ts'

/** A refusal of the platform, as a caller sees it. Written down here once more: changing it is a change for clients. */
export interface Refusal {
  status: number
  code: string
  detail: string
  /** RFC 6750 section 3. */
  challenge?: string
  extensions?: object
}

const invalid = { status: 401, code: 'INVALID_TOKEN', challenge: 'Bearer error="invalid_token"' }

export const refusals = {
  noToken: {
    status: 401,
    code: 'UNAUTHENTICATED',
    detail: 'An access token is needed: Authorization: Bearer <token>',
    challenge: 'Bearer',
  },
  malformed: { ...invalid, detail: 'The Authorization header is not "Bearer <token>"' },
  tooLong: { ...invalid, detail: 'The access token is too long' },
  invalid: { ...invalid, detail: 'The access token is not valid' },
  expired: { ...invalid, code: 'TOKEN_EXPIRED', detail: 'The access token has expired' },
  wrongKind: { status: 403, code: 'FORBIDDEN', detail: 'This kind of token cannot be used here' },
} as const satisfies Record<string, Refusal>

export const permissionMissing = (required: readonly string[]): Refusal => ({
  status: 403,
  code: 'PERMISSION_MISSING',
  detail: `Permission needed: ${required.join(', ')}`,
  extensions: { required },
})

/** How an answer differs from a refusal, in words; undefined when it is exactly that. */
export function differenceFrom(
  refusal: Refusal,
  { status, headers, json, text }: Answer,
  sent: { method: string; url: string },
) {
  const instance = sent.url.split('?', 1)[0] ?? ''
  const traceId = String(headers['x-trace-id'])
  const got = `${status} ${sent.method === 'HEAD' ? '' : text.slice(0, 300)}`.trim()
  if (status !== refusal.status) return `${got} instead of ${refusal.status} ${refusal.code}`
  if (headers['www-authenticate'] !== refusal.challenge)
    return `WWW-Authenticate is ${String(headers['www-authenticate'])} instead of ${String(refusal.challenge)}`
  if (sent.method === 'HEAD') return text === '' ? undefined : `a body: ${got}`
  const { code, detail, extensions } = refusal
  const expected: Record<string, unknown> = problem(status, code, instance, { detail, traceId, ...extensions }).json
  if (!/^[\da-f]{32}$/.test(traceId)) return `no trace id: ${got}`
  if (!String(headers['content-type']).startsWith(problemMediaType))
    return `content type ${String(headers['content-type'])}`
  const body = (typeof json === 'object' ? json : {}) as Record<string, unknown>
  const differing = [...new Set([...Object.keys(expected), ...Object.keys(body)])].filter(
    (name) => !isDeepStrictEqual(body[name], expected[name]),
  )
  if (differing.length === 0) return undefined
  const members = differing.map(
    (name) => `${name} ${JSON.stringify(body[name])} instead of ${JSON.stringify(expected[name])}`,
  )
  return `${status} ${refusal.code} with ${members.join(', ')}`
}
