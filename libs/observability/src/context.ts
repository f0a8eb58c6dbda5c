import type { Span } from '@opentelemetry/api'

/** What is known of the work in hand: one request, one event, one run of a job. */
export interface RequestContext {
  requestId: string
  traceId: string
  spanId: string
  span: Span
  /** On whose behalf, for logs: a user's id or a service's name. */
  caller?: string
  /** When the caller stops waiting, in epoch milliseconds. */
  deadline?: number
  /** Fields added to every log line of this work. Spans inside share it. */
  log: Record<string, unknown>
}
