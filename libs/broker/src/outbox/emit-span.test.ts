import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables, parseTraceparent, SpanKind } from '@slipway/observability'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderId, shipped } from '../testing/events.ts'
import { scratchDatabase, type ScratchDatabase } from '../testing/scratch-database.ts'
import { createOutbox } from './outbox.ts'

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase()
})
afterAll(() => database.drop())

test('emitting is a span of the work, and consumers go on from it', async () => {
  const spans: { name: string; kind: SpanKind; spanId: string; parentId: string | undefined; attributes: object }[] = []
  const observability = createObservability({
    service: 'shop',
    version: '1.0.0',
    settings: readSettings(Type.Object(observabilityVariables), { LOG_LEVEL: 'silent' }),
    spanProcessors: [
      {
        onStart() {},
        onEnd: (span) => {
          const { name, kind, parentSpanContext, attributes } = span
          spans.push({ name, kind, spanId: span.spanContext().spanId, parentId: parentSpanContext?.spanId, attributes })
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  })
  const outbox = createOutbox({ source: 'shop', traceparent: observability.traceparent, span: observability.span })
  await observability.span('ship', {}, () => outbox.emit(database.pool, shipped()))

  const { rows } = await database.pool.query('SELECT id, event FROM messaging.outbox')
  const [emitted, ship] = spans
  expect(emitted).toEqual({
    name: 'emit shop.order.shipped.v1',
    kind: SpanKind.PRODUCER,
    spanId: parseTraceparent(rows[0].event.traceparent)?.spanId,
    parentId: ship?.spanId,
    attributes: {
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'shop.order.shipped.v1',
      'messaging.message.id': rows[0].id,
      'slipway.subject': orderId,
    },
  })
})
