import { AppError } from '@slipway/errors'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { SpanKind } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { countingIds, observe } from './testing/observe.ts'

class NotFound extends AppError {
  readonly code = 'NOT_FOUND'
  readonly status = 404
}

function traced(environment: Record<string, string> = {}) {
  const exporter = new InMemorySpanExporter()
  const options = { ids: countingIds(), spanProcessors: [new SimpleSpanProcessor(exporter)] }
  return { ...observe(environment, options), spans: () => exporter.getFinishedSpans() }
}

test('a span inside a span is its child and shares request, caller, deadline and log fields', async () => {
  const { observability, spans } = traced()
  const { context } = observability
  await observability.span(
    'outer',
    { requestId: 'r', caller: 'u', deadline: 1_000, kind: SpanKind.SERVER },
    async () => {
      const outer = context.get()!
      await observability.span('inner', { deadline: 2_000 }, () => {
        expect(context.get()).toMatchObject({ requestId: 'r', caller: 'u', deadline: 1_000, traceId: outer.traceId })
        expect(context.get()!.log).toBe(outer.log)
      })
      expect(context.get()).toBe(outer)
    },
  )
  expect(context.get()).toBeUndefined()
  const [inner, outer] = spans()
  expect(outer).toMatchObject({ name: 'outer', kind: SpanKind.SERVER, parentSpanContext: undefined })
  expect(outer?.resource.attributes).toEqual({ 'service.name': 'cart', 'service.version': '1.2.3' })
  expect(inner).toMatchObject({ name: 'inner', parentSpanContext: { spanId: outer?.spanContext().spanId } })
})

test('a traceparent goes out of one service and comes into another', async () => {
  const cart = traced()
  const acquiring = traced()
  const header = await acquiring.observability.span('call', {}, () => acquiring.observability.traceparent())
  const received = cart.observability.begin('serve', { parent: header })
  received.span.end()
  const [call] = acquiring.spans()
  expect(header).toBe(`00-${call?.spanContext().traceId}-${call?.spanContext().spanId}-01`)
  expect(received.traceId).toBe(call?.spanContext().traceId)
  expect(cart.spans()[0]?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId)
})

test('a malformed traceparent is ignored', () => {
  const { observability, spans } = traced()
  const { traceId, span } = observability.begin('serve', { parent: 'garbage' })
  expect(traceId).toBe('00000000000000000000000000000002')
  span.end()
  expect(spans()[0]?.parentSpanContext).toBeUndefined()
})

test('without a collector spans still have ids, and a caller’s sampling decision is handed on', async () => {
  const { observability } = observe({}, { ids: countingIds() })
  const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00'
  await observability.span('serve', { parent }, () => {
    expect(observability.traceparent()).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-00')
  })
  expect(observability.traceparent()).toBeUndefined()
})

test('OTEL_TRACES_SAMPLER_ARG=0 records nothing of its own but follows a caller who records', () => {
  const { observability, spans } = traced({ OTEL_TRACES_SAMPLER_ARG: '0' })
  observability.begin('own', {}).span.end()
  observability.begin('theirs', { parent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }).span.end()
  expect(spans().map(({ name }) => name)).toEqual(['theirs'])
})

test('a failure turns the span red without its secrets; a refusal does not', async () => {
  const { observability, spans } = traced()
  const broken = () => Promise.reject(new Error('cannot reach amqp://guest:canary@broker'))
  await expect(observability.span('broken', {}, broken)).rejects.toThrow('canary')
  await expect(observability.span('refused', {}, () => Promise.reject(new NotFound('No cart')))).rejects.toThrow(
    NotFound,
  )
  const [failed, refused] = spans()
  expect(failed).toMatchObject({ status: { code: 2 }, events: [{ name: 'exception' }] })
  expect(JSON.stringify([failed?.events, failed?.status])).not.toContain('canary')
  expect(refused).toMatchObject({ status: { code: 0 }, events: [], attributes: { 'error.type': 'NOT_FOUND' } })
})

test('two services in one process do not see each other’s context', async () => {
  const one = observe()
  const two = observe()
  await one.observability.span('work', { caller: 'u-1' }, async () => {
    await Promise.resolve()
    expect(two.observability.context.get()).toBeUndefined()
    two.observability.logger.info('elsewhere')
  })
  expect(two.last()).not.toHaveProperty('trace.id')
})
