import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables, type SpanProcessor } from '@slipway/observability'
import { Type } from 'typebox'

type Finished = Parameters<SpanProcessor['onEnd']>[0]

/** An observability that keeps its finished spans and its log lines. */
export function observed() {
  const spans: Finished[] = []
  const lines: string[] = []
  const observability = createObservability({
    service: 'test',
    version: '0.0.0',
    settings: readSettings(Type.Object(observabilityVariables), {}),
    destination: { write: (line) => void lines.push(line) },
    spanProcessors: [
      { onStart() {}, onEnd: (span) => void spans.push(span), forceFlush: async () => {}, shutdown: async () => {} },
    ],
  })
  return { observability, spans, lines }
}
