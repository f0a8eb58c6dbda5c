import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import {
  BadUpstreamResponse,
  UpstreamProblem,
  UpstreamTimeout,
  UpstreamUnauthorized,
  UpstreamUnavailable,
} from '../errors.ts'
import type { Outcome } from './outcome.ts'
import { ResponseTooLarge, type Reply } from './transport.ts'

const validators = new WeakMap<TSchema, Validator>()
const transientStatuses = new Set([408, 425, 429, 502, 503, 504])
const standardMembers = new Set(['type', 'title', 'status', 'code', 'detail', 'instance', 'traceId'])

/** Reads a response by its contract. */
export function judge(upstream: string, { status, headers, text }: Reply, schema: TSchema | undefined): Outcome {
  const body = parse(text)
  const retryAfter = typeof headers['retry-after'] === 'string' ? headers['retry-after'] : undefined
  const seen = { status, body, length: text.length }
  if (status >= 200 && status < 300) {
    if (!schema) return seen
    const value = fit(schema, body)
    return value
      ? { ...seen, body: value.fitting }
      : { ...seen, error: new BadUpstreamResponse(upstream, { status, body }) }
  }
  const failure = { ...seen, transient: transientStatuses.has(status), retryAfterMs: retryAfterMs(retryAfter) }
  const problem = isProblem(body) ? body : undefined
  const details = { ...(problem && { code: problem.code }), ...(retryAfter && { retryAfter }) }
  if (status >= 500) return { ...failure, trouble: true, error: new UpstreamUnavailable(upstream, details) }
  if (!problem) {
    const error =
      status === 401 ? new UpstreamUnauthorized(upstream) : new BadUpstreamResponse(upstream, { status, body })
    return { ...failure, error }
  }
  const extensions = Object.fromEntries(Object.entries(problem).filter(([name]) => !standardMembers.has(name)))
  const detail = typeof problem.detail === 'string' ? problem.detail : 'Refused'
  return {
    ...failure,
    error: new UpstreamProblem(upstream, { status, detail, extensions, ...details, code: problem.code }),
  }
}

/** Why there was no whole response. */
export function judgeFailure(upstream: string, cause: unknown): Outcome {
  if (cause instanceof UpstreamTimeout) return { error: cause, trouble: true }
  if (cause instanceof ResponseTooLarge) return { error: new BadUpstreamResponse(upstream, { cause }) }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  // a request that cannot be sent, or that no mock expects, is a mistake of ours
  if (/^UND_(ERR_INVALID|ERR_NOT_SUPPORTED|MOCK)/.test(code)) throw cause
  if (code.startsWith('HPE_')) return { error: new BadUpstreamResponse(upstream, { cause }), trouble: true }
  const late = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT'
  const error = new (late ? UpstreamTimeout : UpstreamUnavailable)(upstream, { cause })
  return { error, transient: true, trouble: true }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return text
  }
}

function fit(schema: TSchema, value: unknown): { fitting: unknown } | undefined {
  let validator = validators.get(schema)
  if (!validator) validators.set(schema, (validator = Compile(schema)))
  if (validator.Check(value)) return { fitting: value }
  const known = validator.Clean(value)
  return validator.Check(known) ? { fitting: known } : undefined
}

const isProblem = (body: unknown): body is Record<string, unknown> & { code: string } =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'

/** Seconds or a date (RFC 9110 section 10.2.3). */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
