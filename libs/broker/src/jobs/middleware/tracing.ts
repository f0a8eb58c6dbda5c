import { SpanKind, type Observability } from '@slipway/observability'
import type { Outcome } from '../../transport/transport.ts'
import type { WorkerMiddleware } from '../middleware.ts'

/** The run is a span of the trace in which the event was emitted; every log line of it names job and event. */
export const tracing =
  <Tx>({ span, context }: Pick<Observability, 'span' | 'context'>): WorkerMiddleware<Tx> =>
  async ({ job, event, attempt }, next) => {
    const attributes = {
      'messaging.operation.type': 'process',
      'messaging.destination.name': event.type,
      'messaging.message.id': event.id,
      'slipway.job': job.name,
      'slipway.attempt': attempt,
    }
    let outcome: Outcome | undefined
    try {
      return await span(
        `process ${job.name}`,
        { kind: SpanKind.CONSUMER, parent: event.traceparent, attributes },
        async (current) => {
          Object.assign(context.get()?.log ?? {}, {
            'messaging.message.id': event.id,
            'messaging.destination.name': event.type,
          })
          outcome = await next()
          current.setAttribute('slipway.outcome', outcome.kind)
          if ('error' in outcome) throw outcome.error // the span records it
          return outcome
        },
      )
    } catch (error) {
      if (outcome) return outcome
      throw error
    }
  }
