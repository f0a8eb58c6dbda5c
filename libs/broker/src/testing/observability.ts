import { createObservability, type Observability } from '@slipway/observability'

export interface LogLine {
  'log.level': string
  message: string
  [field: string]: unknown
}

/** Real observability whose log lines can be read. */
export function testObservability(service = 'shop'): Observability & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const observability = createObservability({
    service,
    version: '0.0.0',
    settings: { LOG_LEVEL: 'debug', LOG_FORMAT: 'json', OTEL_TRACES_SAMPLER_ARG: 1 },
    destination: { write: (line) => void lines.push(JSON.parse(line) as LogLine) },
  })
  return { ...observability, lines }
}
