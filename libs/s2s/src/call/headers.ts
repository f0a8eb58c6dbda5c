import type { Observability } from '@slipway/observability'
import type { Authorization } from '../authorization.ts'
import type { Call } from './call.ts'
import { deadlineHeader } from './deadline.ts'

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
    [deadlineHeader]: String(Math.floor(deadline)),
    ...(requestId && { 'x-request-id': requestId }),
    ...(parent && { traceparent: parent }),
    ...(payload !== undefined && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    ...(authorization && { authorization: `Bearer ${authorization.token}` }),
  }
}
