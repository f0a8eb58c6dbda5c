export { SpanKind, SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api'
export type { SpanProcessor } from '@opentelemetry/sdk-trace-base'
export type { Logger } from 'pino'
export { Counter, Gauge, Histogram, Registry } from 'prom-client'
export type { RequestContext } from './context.ts'
export { loggedBody } from './logged-body.ts'
export {
  createObservability,
  type Observability,
  type ObservabilityOptions,
  type SpanOptions,
} from './observability.ts'
export { redact } from './redact.ts'
export { scrub } from './scrub.ts'
export type { StoredSpan } from './trace-files.ts'
export { formatTraceparent, parseTraceparent } from './traceparent.ts'
export { observabilityVariables, type ObservabilitySettings } from './variables.ts'
