import { Histogram, loggedBody, type Observability, type Span } from '@slipway/observability'
import type { Call } from './call.ts'
import { metric } from './metric.ts'
import type { Outcome } from './outcome.ts'

const maxLoggedBody = 8_192

/** Writes the log line, the metrics and the span of each attempt. */
export function createRecorder(upstream: string, origin: string, observability: Observability) {
  const { service, logger, metrics } = observability
  const durations = metric(metrics, Histogram, {
    name: 's2s_client_request_duration_seconds',
    help: 'Calls to other services by route template; status is the code of the error when there was no answer',
    labelNames: ['to', 'method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })

  return (call: Call, attempt: number, outcome: Outcome, startedAt: number, span: Span) => {
    const { method, route, options, payload } = call
    const { status, error } = outcome
    const ms = performance.now() - startedAt
    durations.observe({ to: upstream, method, route, status: status ?? error?.code ?? '' }, ms / 1_000)
    if (status !== undefined) span.setAttribute('http.response.status_code', status)
    if (error) span.setAttribute('error.type', error.code)
    if (outcome.trouble) span.setStatus({ code: 2 })

    const bodies = error !== undefined || observability.logsBodies()
    const line = {
      event: { action: 's2s-call', outcome: error ? 'failure' : 'success', duration: Math.round(ms * 1e6) },
      http: {
        request: { method, ...(bodies && { body: shown(options.body ?? options.form, payload?.length) }) },
        response: { status_code: status, ...(bodies && { body: shown(outcome.body, outcome.length) }) },
        route,
        params: options.params,
        query: options.query,
      },
      s2s: {
        from: service,
        to: upstream,
        as: options.as?.mode ?? 'service',
        attempt,
        key: options.idempotencyKey,
        code: error?.code,
      },
    }
    const title = `${service} -> ${upstream} ${method} ${route} ${status ?? error?.code}`
    if (error && error.status >= 500) logger.warn({ ...line, url: { original: origin + call.path }, err: error }, title)
    else logger.info(line, title)
  }
}

const shown = (body: unknown, length = 0) => loggedBody(length > maxLoggedBody ? `[${length} characters]` : body)
