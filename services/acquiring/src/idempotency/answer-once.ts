import { createHash } from 'node:crypto'
import { problemMediaType } from '@slipway/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { IdempotencyKeyRequired } from './errors.ts'
import type { Answer, Attempt, KeyedRequest } from './idempotency.store.ts'
import { once } from './idempotency.ts'

/** For the schema of a route that answers once. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]*$',
      description: 'Required. The same for every try of one request, such as a new UUID; kept for 24 hours',
    }),
  ),
})

type KeyDeps = Pick<Deps, 'idempotency' | 'idempotencyWaitMs' | 'observability'>

/** Sends what `work` answers, or what it answered to an equal request before. @throws as `once`, IdempotencyKeyRequired */
export async function answerOnce(
  deps: KeyDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (attempt: Attempt) => Promise<Answer>,
): Promise<void> {
  const instance = pathOf(request)
  const options = {
    store: deps.idempotency,
    waitMs: deps.idempotencyWaitMs,
    occurrence: () => ({ instance, traceId: deps.observability.context.get()?.traceId ?? '' }),
  }
  const { status, body, replayed } = await once(keyed(request), options, work)
  if (replayed) reply.header('idempotent-replayed', 'true')
  reply.code(status)
  if (status >= 400) reply.type(problemMediaType).serializer((problem: unknown) => JSON.stringify(problem))
  await reply.send(body)
}

function keyed(request: FastifyRequest): KeyedRequest {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') throw new IdempotencyKeyRequired()
  const fingerprint = fingerprintOf(request.method, pathOf(request), request.body)
  return { callerId: request.caller.id, key, fingerprint }
}

const pathOf = ({ url }: FastifyRequest) => url.split('?', 1)[0] ?? '/'

/** SHA-256 in hex of what is asked for; the order of the body's fields makes no difference. */
export const fingerprintOf = (method: string, path: string, body: unknown) =>
  createHash('sha256')
    .update(`${method} ${path}\n${canonical(body)}`)
    .digest('hex')

/** JSON with the keys of every object in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  ) ?? ''
