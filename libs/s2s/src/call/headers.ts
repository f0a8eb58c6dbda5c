import type { Observability } from '@slipway/observability'
import type { Authorization } from '../authorization.ts'
import type { Call } from './call.ts'
import { timeoutHeader } from './deadline.ts'

export function headersOf(
  { options, payload, deadline }: Call,
  { service, version, context, traceparent }: Observability,
  authorization: Authorization | undefined,
): Record<string, string> {
  const { form, headers, idempotencyKey } = options
  const requestId = context.get()?.requestId
  const parent = traceparent()
  return {
    accept: 'application/json',
    'user-agent': `${service}/${version}`,
    ...headers,
    [timeoutHeader]: String(Math.max(0, Math.floor(deadline - Date.now()))),
    ...(requestId && { 'x-request-id': requestId }),
    ...(parent && { traceparent: parent }),
    ...(payload !== undefined && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    ...(authorization && { authorization: `Bearer ${authorization.token}` }),
  }
}
