import { SpanKind, type Observability } from '@slipway/observability'
import Stripe from 'stripe'
import { Agent, fetch, Headers, type Dispatcher, type RequestInit } from 'undici'

interface Options {
  observability: Observability
  dispatcher: Dispatcher
}

/** Requests of the library through our own connections: each is a span and a line in the log, without its bodies. */
export function stripeHttp({ observability, dispatcher }: Options) {
  const { service, logger } = observability
  return Stripe.createFetchHttpClient(((input: string, init: RequestInit) => {
    const method = String(init.method)
    const route = new URL(input).pathname.replace(/\/[a-z]+_[A-Za-z0-9_]+/g, '/:id')
    const attributes = { 'http.request.method': method, 'url.template': route, 'peer.service': 'stripe' }
    return observability.span(`${method} ${route}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const startedAt = performance.now()
      const facts = (outcome: string, status?: number, id?: string | null) => ({
        event: { action: 's2s-call', outcome, duration: Math.round((performance.now() - startedAt) * 1e6) },
        http: { request: { method, id: id ?? undefined }, response: { status_code: status }, route },
        s2s: { from: service, to: 'stripe', key: new Headers(init.headers).get('idempotency-key') },
      })
      const title = `${service} -> stripe ${method} ${route}`
      try {
        const response = await fetch(input, { ...init, dispatcher })
        const { ok, status, headers } = response
        span.setAttribute('http.response.status_code', status)
        const line = facts(ok ? 'success' : 'failure', status, headers.get('request-id'))
        logger[status >= 500 ? 'warn' : 'info'](line, `${title} ${status}`)
        return response
      } catch (error) {
        logger.warn({ ...facts('failure'), err: error }, `${title} no answer`)
        throw error
      }
    })
  }) as unknown as typeof globalThis.fetch)
}

export const stripeAgent = (connectTimeoutMs: number | undefined) =>
  new Agent({ connect: { timeout: connectTimeoutMs } })
