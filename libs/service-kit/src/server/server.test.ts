// Longer than a file should be: what holds of every answer of a server, on one set of routes.
import { AppError } from '@slipway/errors'
import { Type } from 'typebox'
import { expect, test, vi } from 'vitest'
import { anyone, user } from '../access/access.ts'
import { as, testApp } from '../testing/test-app.ts'
import type { App } from './app.ts'

class OutOfStock extends AppError {
  readonly code = 'OUT_OF_STOCK'
  readonly status = 409
  constructor() {
    super('None is left', { extensions: { left: 0 }, headers: { 'retry-after': '60' } })
  }
}

const access = anyone()
const Order = Type.Object(
  { quantity: Type.Integer({ minimum: 1 }), gift: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

const routes = (app: App) => {
  app.get('/sold-out', { config: { access } }, async () => {
    throw new OutOfStock()
  })
  app.get('/broken', { config: { access } }, async () => {
    throw new TypeError('connect to 10.0.0.7 with password hunter2 failed')
  })
  app.get('/thrown-text', { config: { access } }, async () => {
    throw 'just a text'
  })
  app.post(
    '/orders/:id',
    {
      config: { access },
      schema: {
        body: Order,
        params: Type.Object({ id: Type.Integer() }),
        querystring: Type.Object({ dry: Type.Boolean({ default: false }) }),
      },
    },
    async ({ body, params, query }) => ({ body, params, query }),
  )
  app.post('/orders/:id/cancel', { config: { access } }, async () => 'cancelled')
  app.get(
    '/secret',
    {
      config: { access: user() },
      schema: { description: 'Told once.', response: { 200: Type.Object({ shown: Type.String() }) } },
    },
    async () => ({ shown: 'yes', hidden: 'never' }),
  )
}

async function post(body: unknown, { url = '/shop/orders/7', type = 'application/json' } = {}) {
  const { app } = await testApp(routes)
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': type },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

test('a route without a body takes none, but for an empty object', async () => {
  const url = '/shop/orders/7/cancel'
  expect((await post({ reason: 'late' }, { url })).json()).toMatchObject({
    status: 400,
    code: 'VALIDATION_FAILED',
    errors: [{ path: '/body/reason', message: 'must NOT have additional properties' }],
  })
  expect((await post({}, { url })).statusCode).toBe(200)
  expect((await post({ reason: 'late' }, { url: '/shop/nowhere' })).statusCode).toBe(404)
})

test('a business error is a problem, with its extensions and headers', async () => {
  const { app } = await testApp(routes)
  const response = await app.inject({ url: '/shop/sold-out?x=1' })
  expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json', 'retry-after': '60' })
  expect(response.json()).toEqual({
    type: 'urn:problem:out-of-stock',
    title: 'Conflict',
    status: 409,
    code: 'OUT_OF_STOCK',
    detail: 'None is left',
    left: 0,
    instance: '/shop/sold-out',
    traceId: response.headers['x-trace-id'],
  })
})

test.each(['/shop/broken', '/shop/thrown-text'])(
  'an unexpected error at %s is a 500 that tells nothing, reported and logged once at error',
  async (url) => {
    const { app, lines, observability } = await testApp(routes)
    const capture = vi.spyOn(observability, 'captureException')
    const response = await app.inject({ url })
    expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL', detail: 'Something went wrong on our side' })
    expect(capture).toHaveBeenCalledOnce()
    expect(lines.filter((line) => line['log.level'] === 'error')).toHaveLength(1)
  },
)

test('a business error is not reported', async () => {
  const { app, lines, observability } = await testApp(routes)
  const capture = vi.spyOn(observability, 'captureException')
  await app.inject({ url: '/shop/sold-out' })
  expect(capture).not.toHaveBeenCalled()
  expect(lines.filter((line) => line['log.level'] === 'error')).toEqual([])
})

test('a body that does not fit is refused with every wrong place, and values are not repeated', async () => {
  const response = await post({ quantity: 'many', colour: 'red' })
  expect(response.json()).toMatchObject({
    status: 400,
    code: 'VALIDATION_FAILED',
    errors: [
      { path: '/body/colour', message: 'must NOT have additional properties' },
      { path: '/body/quantity', message: 'must be integer' },
    ],
  })
  expect(response.body).not.toContain('many')
})

test('JSON means what it says, text is converted', async () => {
  expect((await post({ quantity: '1' })).statusCode).toBe(400)
  expect((await post({ quantity: 1, gift: 'true' })).statusCode).toBe(400)
  expect((await post({ quantity: 1 }, { url: '/shop/orders/7?dry=true' })).json()).toEqual({
    body: { quantity: 1 },
    params: { id: 7 },
    query: { dry: true },
  })
})

test.each([
  ['{"quantity":', 400, 'INVALID_JSON'],
  ['', 400, 'INVALID_JSON'],
  ['null', 400, 'VALIDATION_FAILED'],
  ['[]', 400, 'VALIDATION_FAILED'],
  ['{"quantity":1,"__proto__":{"admin":true}}', 400, 'INVALID_JSON'],
  [`{"quantity":1,"pad":"${'x'.repeat(1_100_000)}"}`, 413, 'BODY_TOO_LARGE'],
])('the body %s is %i %s', async (body, status, code) => {
  const response = await post(body)
  expect([response.statusCode, response.json().code]).toEqual([status, code])
})

test('other media types, unknown routes and bad URLs are problems too', async () => {
  expect((await post('<a/>', { type: 'application/xml' })).json()).toMatchObject({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  })
  expect((await post({}, { url: '/shop/nowhere' })).json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
  expect((await post({}, { url: '/shop/orders/%zz' })).json()).toMatchObject({ status: 400, code: 'INVALID_URL' })
})

test.each(['text/plain', 'application/jsonx', 'multipart/form-data; boundary=x'])(
  '%s is no body here',
  async (type) => {
    expect((await post('{"quantity":1}', { type })).json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
  },
)

test.each(['/shop/orders/%zz', `/shop/orders/${'7'.repeat(200)}`])(
  '%s is refused before any hook, yet traced',
  async (url) => {
    const { app, lines } = await testApp(routes)
    const { headers, ...response } = await app.inject({ method: 'POST', url })
    const { code, traceId } = response.json<{ code: string; traceId: string }>()
    expect([code, traceId]).toEqual(['INVALID_URL', headers['x-trace-id']])
    expect(lines).toMatchObject([{ 'trace.id': traceId, code: 'INVALID_URL' }])
  },
)

test('the answer holds what its schema says and nothing else', async () => {
  const { app } = await testApp(routes)
  const response = await app.inject({ url: '/shop/secret', headers: as('user') })
  expect(response.json()).toEqual({ shown: 'yes' })
})

test('a given request id is kept if it is safe to log; a trace goes on', async () => {
  const { app } = await testApp(routes)
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const headers = { 'x-request-id': 'req-1', traceparent: `00-${trace}-b7ad6b7169203331-01` }
  const response = await app.inject({ url: '/shop/health/live', headers })
  expect(response.headers).toMatchObject({ 'x-request-id': 'req-1', 'x-trace-id': trace })
  const other = await app.inject({
    url: '/shop/health/live',
    headers: { 'x-request-id': 'a b\u00e4', traceparent: 'nonsense' },
  })
  expect(other.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(other.headers['x-trace-id']).toMatch(/^[0-9a-f]{32}$/)
})

test('each request has one log line, with its parameters and its answer, and without secrets', async () => {
  const { app, lines } = await testApp((app) => {
    const schema = { body: Type.Object({ password: Type.String(), remember: Type.Boolean() }) }
    app.post('/login/:name', { config: { access }, schema }, async () => ({ accessToken: 'token-canary', ok: true }))
  })
  await app.inject({
    method: 'POST',
    url: '/shop/login/jo?dry=1',
    payload: { password: 'password-canary', remember: true },
  })
  await app.inject({ url: '/shop/health/live' })
  const requests = lines.filter((line) => 'http' in line)
  expect(requests).toHaveLength(1)
  expect(requests[0]).toMatchObject({
    message: 'POST /shop/login/:name 200',
    http: {
      request: { body: { remember: true } },
      response: { status_code: 200, body: { ok: true } },
      params: { name: 'jo' },
      query: { dry: '1' },
    },
  })
  expect(JSON.stringify(lines)).not.toMatch(/canary/)
})

test('bodies are logged for a share of the traces, and for every failure', async () => {
  const { app, lines } = await testApp(routes, { variables: { LOG_BODIES_RATIO: '0.5' } })
  const order = (share: string, body: object) =>
    app.inject({
      method: 'POST',
      url: '/shop/orders/7',
      headers: { traceparent: `00-0af7651916cd43dd8448eb21${share}-b7ad6b7169203331-01` },
      payload: body,
    })
  await order('7fffffff', { quantity: 1 })
  await order('80000000', { quantity: 2 })
  await order('80000000', { quantity: 0 })
  const shown = lines.flatMap(({ http }: { http?: { request: object; response: object } }) =>
    http ? [{ request: http.request, response: http.response }] : [],
  )
  expect(shown).toEqual([
    {
      request: { method: 'POST', body: { quantity: 1 } },
      response: { status_code: 200, body: { body: { quantity: 1 }, params: { id: 7 }, query: { dry: false } } },
    },
    { request: { method: 'POST' }, response: { status_code: 200 } },
    {
      request: { method: 'POST', body: { quantity: 0 } },
      response: { status_code: 400, body: expect.objectContaining({ code: 'VALIDATION_FAILED' }) },
    },
  ])
})

test('metrics are counted by route template, never by URL', async () => {
  const { app, observability } = await testApp(routes)
  await app.inject({ method: 'POST', url: '/shop/orders/12345', payload: { quantity: 1 } })
  await app.inject({ url: '/shop/who/knows/67890' })
  const text = await observability.metrics.metrics()
  expect(text).toContain('route="/shop/orders/:id",status="200"')
  expect(text).not.toMatch(/12345|67890/)
})

test('ready names what is missing, without addresses; live depends on nothing', async () => {
  const readiness = {
    database: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')),
    broker: async () => {},
  }
  const { app } = await testApp(routes, { readiness })
  const ready = await app.inject({ url: '/shop/health/ready' })
  expect(ready.json()).toMatchObject({ status: 503, code: 'NOT_READY', failing: ['database'] })
  expect(ready.body).not.toContain('10.0.0.7')
  expect((await app.inject({ url: '/shop/health/live' })).json()).toEqual({ status: 'ok' })
})

test('a dependency that hangs counts as failing', async () => {
  const { app } = await testApp(routes, { readiness: { database: () => new Promise(() => {}) } })
  expect((await app.inject({ url: '/shop/health/ready' })).json()).toMatchObject({ failing: ['database'] })
})

test('debug routes need their permission; settings are masked', async () => {
  const { app } = await testApp(routes, { variables: { COMMIT: '1f0a' } })
  expect((await app.inject({ url: '/shop/debug/info', headers: as('user') })).statusCode).toBe(403)
  const info = await app.inject({ url: '/shop/debug/info', headers: as('user~debug.read') })
  expect(info.json()).toMatchObject({
    service: 'shop',
    version: '1.2.3',
    commit: '1f0a',
    settings: { PORT: 3000, DATABASE_URL: '***' },
  })
  expect((await app.inject({ url: '/shop/debug/error', headers: as('user~debug.read') })).statusCode).toBe(500)
})

test('docs are OpenAPI 3.1 with access and problems of each route; the page is there', async () => {
  const { app } = await testApp(routes)
  const document = (await app.inject({ url: '/shop/docs/openapi.json' })).json()
  expect(document.openapi).toBe('3.1.0')
  expect(document.paths['/shop/secret'].get).toMatchObject({
    security: [{ bearer: [] }],
    description: 'Told once. Access: user.',
  })
  expect(
    document.paths['/shop/sold-out'].get.responses.default.content['application/problem+json'].schema.required,
  ).toContain('code')
  expect(document.paths['/shop/orders/{id}'].post.parameters).toContainEqual(
    expect.objectContaining({ name: 'dry', in: 'query', required: false }), // it has a default
  )
  const page = await app.inject({ url: '/shop/docs' })
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url)
  expect(parts.length).toBeGreaterThan(2)
  for (const url of parts) expect([url, (await app.inject({ url })).statusCode]).toEqual([url, 200])
})
