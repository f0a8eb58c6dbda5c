import {
  ROOT_CONTEXT,
  SpanKind,
  TraceFlags,
  trace,
  type Attributes,
  type Span,
  type SpanContext,
} from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BasicTracerProvider,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  type IdGenerator,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'

interface TracerOptions {
  service: string
  version: string
  ratio: number
  /** Nothing is recorded without one; spans still have ids, and the sampling decision of a caller is handed on. */
  processors: SpanProcessor[]
  ids?: IdGenerator
}

export interface Tracer {
  start(name: string, options: { kind?: SpanKind; attributes?: Attributes; parent?: SpanContext }): Span
  close(): Promise<void>
}

/** A tracer of one service; never registered with OpenTelemetry's globals. */
export function createTracer({
  service,
  version,
  ratio,
  processors,
  ids = new RandomIdGenerator(),
}: TracerOptions): Tracer {
  if (processors.length === 0)
    return { start: (_name, { parent }) => idsOnly(ids, ratio, parent), close: async () => {} }
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: processors,
    idGenerator: ids,
  })
  const tracer = provider.getTracer('slipway')
  return {
    start: (name, { kind = SpanKind.INTERNAL, attributes, parent }) =>
      tracer.startSpan(
        name,
        { kind, ...(attributes && { attributes }) },
        parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT,
      ),
    close: () => provider.shutdown(),
  }
}

function idsOnly(ids: IdGenerator, ratio: number, parent: SpanContext | undefined): Span {
  const traceFlags = parent?.traceFlags ?? (Math.random() < ratio ? TraceFlags.SAMPLED : TraceFlags.NONE)
  return trace.wrapSpanContext({
    traceId: parent?.traceId ?? ids.generateTraceId(),
    spanId: ids.generateSpanId(),
    traceFlags,
  })
}
