import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { SpanStatusCode, type Attributes, type Span, type SpanKind } from '@opentelemetry/api'
import { BatchSpanProcessor, type IdGenerator, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { AppError } from '@slipway/errors'
import type { DestinationStream, Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { RequestContext } from './context.ts'
import { createErrorReports } from './error-reports.ts'
import { createLogger } from './logger.ts'
import { createRegistry } from './metrics.ts'
import { scrub } from './scrub.ts'
import { LazySpanExporter } from './span-exporter.ts'
import { stdout } from './stdout.ts'
import { formatTraceparent, parseTraceparent } from './traceparent.ts'
import { TraceFiles } from './trace-files.ts'
import { createTracer } from './tracer.ts'
import type { ObservabilitySettings } from './variables.ts'

const closeTimeoutMs = 2_000

export interface SpanOptions {
  kind?: SpanKind
  attributes?: Attributes
  /** A W3C traceparent from outside. The span then starts a context of its own; a malformed one is ignored. */
  parent?: string
  requestId?: string
  caller?: string
  /** Epoch milliseconds. The sooner of this and the surrounding one counts. */
  deadline?: number
}

/** Logs, context, traces, metrics and error reports of one service. Nothing of it is global to the process. */
export interface Observability {
  readonly service: string
  readonly version: string
  readonly logger: Logger
  readonly metrics: Registry
  readonly context: {
    get(): RequestContext | undefined
    run<T>(context: RequestContext, work: () => T): T
  }
  /** Runs work in a span that is a child of the current one, or of `parent`. Ends it, records the error. */
  span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T> | T): Promise<T>
  /** Starts a span for work that is no single function; the caller runs it with `context.run` and ends `.span`. */
  begin(name: string, options: SpanOptions): RequestContext
  /** Whether what succeeds is logged with its bodies: one answer for the whole trace, in every service. */
  logsBodies(): boolean
  /** W3C traceparent of the current span, for outgoing calls and events. */
  traceparent(): string | undefined
  /** Unexpected errors only: AppErrors are ignored here. No-op without SENTRY_DSN. */
  captureException(error: unknown, tags?: Record<string, string>): void
  /** Sends what is still buffered; gives up after two seconds. */
  close(): Promise<void>
}

export interface ObservabilityOptions {
  service: string
  version: string
  settings: ObservabilitySettings
  destination?: DestinationStream
  /** Receive every recorded span, besides the collector. */
  spanProcessors?: SpanProcessor[]
  ids?: IdGenerator
}

export function createObservability(options: ObservabilityOptions): Observability {
  const { service, version, settings, destination = stdout(settings.LOG_FORMAT), spanProcessors = [], ids } = options
  const storage = new AsyncLocalStorage<RequestContext>()
  const context = {
    get: () => storage.getStore(),
    run: <T>(value: RequestContext, work: () => T) => storage.run(value, work),
  }
  const logger = createLogger({ service, version, level: settings.LOG_LEVEL, destination, context: context.get })
  const warn = (what: string) => (err: unknown) => logger.warn({ err }, `${what} could not be sent`)
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT
  const folder = settings.TRACE_DIR
  const exported = [
    ...(endpoint ? [new BatchSpanProcessor(new LazySpanExporter(endpoint, warn('Spans')))] : []),
    ...(folder ? [new BatchSpanProcessor(new TraceFiles({ folder, service }), { scheduledDelayMillis: 200 })] : []),
  ]
  const ratio = settings.OTEL_TRACES_SAMPLER_ARG
  const tracer = createTracer({
    service,
    version,
    ratio,
    processors: [...spanProcessors, ...exported],
    ...(ids && { ids }),
  })
  const reports = createErrorReports({ dsn: settings.SENTRY_DSN, service, version, warn: warn('Error reports') })

  function begin(name: string, { kind, attributes, parent, requestId, caller, deadline }: SpanOptions): RequestContext {
    const remote = parseTraceparent(parent)
    const outer = remote ? undefined : storage.getStore()
    const span = tracer.start(name, { kind, attributes, parent: remote ?? outer?.span.spanContext() })
    const { traceId, spanId } = span.spanContext()
    return {
      requestId: requestId ?? outer?.requestId ?? randomUUID(),
      traceId,
      spanId,
      span,
      caller: caller ?? outer?.caller,
      deadline: sooner(deadline, outer?.deadline),
      log: outer?.log ?? {},
    }
  }

  return {
    service,
    version,
    logger,
    metrics: createRegistry(service),
    context,
    begin,
    async span(name, spanOptions, work) {
      const inner = begin(name, spanOptions)
      try {
        return await storage.run(inner, () => work(inner.span))
      } catch (error) {
        recordError(inner.span, error)
        throw error
      } finally {
        inner.span.end()
      }
    },
    logsBodies: () => shareOf(storage.getStore()?.traceId) < settings.LOG_BODIES_RATIO,
    traceparent: () => {
      const current = storage.getStore()
      return current && formatTraceparent(current.span.spanContext())
    },
    captureException: (error, tags = {}) => reports.capture(error, tags, storage.getStore()),
    async close() {
      await within(closeTimeoutMs, Promise.allSettled([tracer.close(), reports.close(closeTimeoutMs)]))
      await within(closeTimeoutMs, new Promise<void>((resolve) => logger.flush(() => resolve())))
    },
  }
}

/** Where a trace stands among all of them: 0 up to 1, by its random last digits (W3C Trace Context level 2). */
const shareOf = (traceId = '') => (Number.parseInt(traceId.slice(-8), 16) || 0) / 2 ** 32

function sooner(one: number | undefined, other: number | undefined): number | undefined {
  return one !== undefined && other !== undefined ? Math.min(one, other) : (one ?? other)
}

/** A refusal is an answer, not a failure: only what is unexpected turns the span red. */
function recordError(span: Span, error: unknown) {
  if (error instanceof AppError && error.status < 500) return void span.setAttribute('error.type', error.code)
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  span.recordException({ name, message: scrub(message), ...(stack && { stack: scrub(stack) }) })
  span.setStatus({ code: SpanStatusCode.ERROR, message: scrub(message) })
}

/** Waits for work, but no longer than the time; the timer does not keep the process alive. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms).unref()
  await Promise.race([work, promise])
  clearTimeout(timer)
}
