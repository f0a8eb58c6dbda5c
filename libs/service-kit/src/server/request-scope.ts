import { randomUUID } from 'node:crypto'
import { Histogram, loggedBody, SpanKind, SpanStatusCode, type Observability, type Span } from '@slipway/observability'
import { timeoutHeader } from '@slipway/s2s'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { callerOf } from '../access/default-deny.ts'
import type { App } from './app.ts'
import { DeadlineExceeded } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** No log line for each request: for what is asked every few seconds. */
    quiet?: boolean
  }
}

const safeRequestId = /^[\w.:-]{1,100}$/
const answers = new WeakMap<object, unknown>()
const spans = new WeakMap<object, Span>()

/**
 * Gives each request its id, span and log context; writes its one log line and its metrics when it ends.
 *
 * @returns the scope for requests that are refused before any hook runs, such as those whose URL cannot be read
 */
export function scopeRequests(app: App, observability: Observability) {
  const durations = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [observability.metrics],
  })

  const begin = (request: FastifyRequest, reply: FastifyReply) => {
    const given = request.headers['x-request-id']
    const requestId = typeof given === 'string' && safeRequestId.test(given) ? given : randomUUID()
    const context = observability.begin(`${request.method} ${routeOf(request)}`, {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'http.route': routeOf(request),
        'url.path': pathOf(request),
      },
      parent: header(request, 'traceparent'),
      requestId,
      deadline: deadlineOf(header(request, timeoutHeader)),
    })
    spans.set(request, context.span)
    reply.header('x-request-id', requestId)
    reply.header('x-trace-id', context.traceId)
    return context
  }

  const shows = ({ statusCode }: FastifyReply) => statusCode >= 400 || observability.logsBodies()

  app.addHook('onRequest', (request, reply, done) => observability.context.run(begin(request, reply), done))

  // the body was read and the caller verified meanwhile: is there anybody left to answer?
  app.addHook('preHandler', (_request, _reply, done) => {
    const deadline = observability.context.get()?.deadline
    done(deadline !== undefined && Date.now() >= deadline ? new DeadlineExceeded() : undefined)
  })

  app.addHook('preSerialization', (request, _reply, payload, done) => {
    answers.set(request, payload)
    done(null, payload)
  })

  app.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1_000
    durations.observe({ method: request.method, route: routeOf(request), status: reply.statusCode }, seconds)
    if (!request.routeOptions.config?.quiet)
      request.log.info(line(request, reply, shows(reply)), lineTitle(request, reply))
    endSpan(request, reply)
    done()
  })

  app.addHook('onRequestAbort', (request, done) => {
    request.log.info({ url: { path: pathOf(request) } }, `${request.method} ${routeOf(request)}: the caller went away`)
    spans.get(request)?.end()
    done()
  })

  return (request: FastifyRequest, reply: FastifyReply, refuse: () => void) => {
    const context = begin(request, reply)
    reply.raw.once('close', () => context.span.end())
    observability.context.run(context, refuse)
  }
}

const deadlineOf = (timeoutMs: string | undefined) =>
  timeoutMs !== undefined && /^\d{1,9}$/.test(timeoutMs) ? Date.now() + Number(timeoutMs) : undefined
const routeOf = (request: FastifyRequest) => request.routeOptions.url ?? '(no route)'
const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? ''
const header = (request: FastifyRequest, name: string) => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
const lineTitle = (request: FastifyRequest, reply: FastifyReply) =>
  `${request.method} ${routeOf(request)} ${reply.statusCode}`

function endSpan(request: FastifyRequest, reply: FastifyReply) {
  const caller = callerOf(request)
  const span = spans.get(request)
  span?.setAttribute('http.response.status_code', reply.statusCode)
  if (caller) span?.setAttributes({ 'user.id': caller.id, 'slipway.caller.kind': caller.kind })
  if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR })
  span?.end()
}

/** Fields of the request line, named after the Elastic Common Schema where it has a name. */
function line(request: FastifyRequest, reply: FastifyReply, bodies: boolean) {
  const caller = callerOf(request)
  return {
    http: {
      request: { method: request.method, ...(bodies && { body: loggedBody(request.body) }) },
      response: { status_code: reply.statusCode, ...(bodies && { body: loggedBody(answers.get(request)) }) },
      route: routeOf(request),
      params: request.params,
      query: request.query,
    },
    url: { path: pathOf(request) },
    event: { duration: Math.round(reply.elapsedTime * 1e6) },
    client: { ip: request.ip },
    ...(caller && {
      user: { id: caller.id },
      caller: { kind: caller.kind, client: caller.clientId, actor: caller.actor },
    }),
  }
}
