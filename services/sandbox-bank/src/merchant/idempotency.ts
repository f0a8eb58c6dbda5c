import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Type } from 'typebox'
import { IdempotencyKeyRequired, IdempotencyKeyReused } from './errors.ts'

/** A merchant’s key and the fingerprint of the body that it came with. */
export interface Idempotency {
  readonly key: string
  readonly fingerprint: string
}

/** For the documents; `idempotencyOf` says more clearly what is wrong. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'Required. The same key with the same body acts once' })),
})

const usable = /^[\x21-\x7e]{1,255}$/

/** @throws IdempotencyKeyRequired */
export function idempotencyOf(headers: IncomingHttpHeaders, body: object): Idempotency {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || !usable.test(key)) throw new IdempotencyKeyRequired()
  return { key, fingerprint: createHash('sha256').update(canonical(body)).digest('hex') }
}

/** @throws IdempotencyKeyReused when the key came with another body before */
export function checkSameBody(before: Pick<Idempotency, 'fingerprint'>, now: Pick<Idempotency, 'fingerprint'>) {
  if (before.fingerprint !== now.fingerprint) throw new IdempotencyKeyReused()
}

/** JSON with sorted keys: the order in which a client writes its fields means nothing. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}
