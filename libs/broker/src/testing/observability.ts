import { isDeepStrictEqual } from 'node:util'
import { createObservability, type Observability, type Registry } from '@slipway/observability'

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
    settings: { LOG_LEVEL: 'debug', LOG_FORMAT: 'json', LOG_BODIES_RATIO: 1, OTEL_TRACES_SAMPLER_ARG: 1 },
    destination: { write: (line) => void lines.push(JSON.parse(line) as LogLine) },
  })
  return { ...observability, lines }
}

/** One sample of a metric, such as `job_duration_seconds_count`. */
export async function sampleOf(metrics: Registry, name: string, labels: object = {}): Promise<number | undefined> {
  const metric = metrics.getSingleMetric(name) ?? metrics.getSingleMetric(name.replace(/_(count|sum|bucket)$/, ''))
  const values: { metricName?: string; labels: object; value: number }[] = (await metric?.get())?.values ?? []
  return values.find((one) => (one.metricName ?? name) === name && isDeepStrictEqual({ ...one.labels }, labels))?.value
}
