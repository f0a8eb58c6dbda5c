import type { AppError } from '@slipway/errors'
import { MockAgent } from 'undici'
import { expect, test } from 'vitest'
import { BadUpstreamResponse, UpstreamProblem, UpstreamUnauthorized, UpstreamUnavailable } from './errors.ts'
import { observe, TestClient } from './testing/setup.ts'

const origin = 'http://cart.internal'

function mocked() {
  const agent = new MockAgent()
  agent.disableNetConnect()
  const { observability, lines, parsed } = observe()
  const options = { name: 'cart', baseUrl: `${origin}/cart`, observability, dispatcher: agent, random: () => 0 }
  return { client: new TestClient(options), upstream: agent.get(origin), observability, lines, parsed }
}

const problem = {
  type: 'urn:problem:cart-locked',
  title: 'Conflict',
  status: 409,
  code: 'CART_LOCKED',
  detail: 'The cart is being paid',
  paymentId: 'p1',
  instance: '/cart/internal/v1/carts/1/checkout',
  traceId: 't1',
}

const rejected = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (error: unknown) => error as AppError,
  )

test('a response that fits is returned; fields the schema does not know do not matter', async () => {
  const { client, upstream } = mocked()
  upstream.intercept({ path: '/cart/v1/items/1', method: 'GET' }).reply(200, { id: '1', later: true })
  await expect(client.item()).resolves.toMatchObject({ id: '1' })
})

test('request id, trace, deadline and name are handed on', async () => {
  const { client, upstream, observability } = mocked()
  let headers: Record<string, string> = {}
  upstream.intercept({ path: '/cart/v1/ping', method: 'GET' }).reply((request) => {
    headers = request.headers as Record<string, string>
    return { statusCode: 204 }
  })
  const deadline = Date.now() + 2_000
  const traceId = await observability.span('serve', { requestId: 'r-1', deadline }, async () => {
    await client.ping()
    return observability.context.get()?.traceId
  })
  expect(headers).toEqual({
    accept: 'application/json',
    'user-agent': 'acquiring/1.2.3',
    'x-request-id': 'r-1',
    'x-request-timeout': expect.stringMatching(/^(2000|1[5-9]\d\d)$/),
    traceparent: expect.stringMatching(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`)),
  })
})

test('a problem passes through with its status, code, detail and extensions', async () => {
  const { client, upstream } = mocked()
  upstream
    .intercept({ path: '/cart/v1/items/1', method: 'GET' })
    .reply(409, problem, { headers: { 'retry-after': '3' } })
  const error = await rejected(client.item())
  expect(error).toBeInstanceOf(UpstreamProblem)
  expect(error).toMatchObject({
    status: 409,
    code: 'CART_LOCKED',
    message: 'The cart is being paid',
    headers: { 'retry-after': '3' },
    upstream: 'cart',
  })
  expect(error.extensions).toEqual({ paymentId: 'p1' })
})

test('a 5xx answer becomes 503 with the code of the cause', async () => {
  const { client, upstream } = mocked()
  upstream
    .intercept({ path: '/cart/v1/items/1', method: 'GET' })
    .reply(500, { ...problem, status: 500, code: 'INTERNAL' })
  const error = await rejected(client.item())
  expect(error).toBeInstanceOf(UpstreamUnavailable)
  expect(error).toMatchObject({ status: 503, extensions: { upstream: 'cart', upstreamCode: 'INTERNAL' } })
})

test.each([
  ['a body of another shape', 200, { id: 1 }],
  ['a body that is no JSON', 200, '<html>'],
  ['no body', 200, ''],
  ['a redirect', 302, ''],
  ['a refusal that is no problem', 404, '<html>not found</html>'],
])('%s is a 502', async (_, status, body) => {
  const { client, upstream } = mocked()
  const headers = { location: 'http://evil.example/' }
  upstream.intercept({ path: '/cart/v1/items/1', method: 'GET' }).reply(status, body, { headers })
  const error = await rejected(client.item())
  expect(error).toBeInstanceOf(BadUpstreamResponse)
  expect(error).toMatchObject({ status: 502, upstreamStatus: status, extensions: { upstream: 'cart' } })
})

test('credentials of our own that are refused are our trouble: 502', async () => {
  const { client, upstream } = mocked()
  const unauthenticated = { ...problem, status: 401, code: 'UNAUTHENTICATED' }
  upstream.intercept({ path: '/cart/v1/items/1', method: 'GET' }).reply(401, unauthenticated)
  await expect(rejected(client.item())).resolves.toBeInstanceOf(UpstreamUnauthorized)
})

test('a client without tokens does not drop the user in silence', async () => {
  const { client } = mocked()
  await expect(client.ping({ as: { token: 't', mode: 'forward' } })).rejects.toThrow(TypeError)
})

test('a base URL is http or https and carries no credentials', () => {
  const { observability } = observe()
  const make = (baseUrl: string) => new TestClient({ name: 'cart', baseUrl, observability })
  for (const bad of ['ftp://cart', 'http://user:pass@cart', 'http://cart/?a=b', 'cart'])
    expect(() => make(bad)).toThrow(TypeError)
})

test('each call is one log line, whole and without secrets', async () => {
  const { client, upstream, observability, lines, parsed } = mocked()
  upstream
    .intercept({ path: '/cart/v1/items?token=canary', method: 'POST' })
    .reply(200, { accessToken: 'canary', ok: true })
  await observability.span('serve', { requestId: 'r-1', caller: 'u-1' }, () =>
    client.add({
      query: { token: 'canary' },
      body: { name: 'x', password: 'canary' },
      headers: { authorization: 'Bearer canary' },
      idempotencyKey: 'k-1',
    }),
  )
  expect(lines.join('')).not.toContain('canary')
  expect(parsed()).toEqual([
    expect.objectContaining({
      'log.level': 'info',
      'http.request.id': 'r-1',
      'user.id': 'u-1',
      event: { action: 's2s-call', outcome: 'success', duration: expect.any(Number) },
      http: {
        request: { method: 'POST', body: { name: 'x', password: '[Redacted]' } },
        response: { status_code: 200, body: { accessToken: '[Redacted]', ok: true } },
        route: '/v1/items',
        query: { token: '[Redacted]' },
      },
      s2s: { from: 'acquiring', to: 'cart', as: 'service', attempt: 1, key: 'k-1' },
      message: 'acquiring -> cart POST /v1/items 200',
    }),
  ])
})

test('a failure is a warning with the address; large bodies are left out', async () => {
  const { client, upstream, parsed } = mocked()
  upstream.intercept({ path: '/cart/v1/items', method: 'POST' }).reply(500, 'oops')
  await rejected(client.add({ body: { text: 'x'.repeat(10_000) } }))
  expect(parsed()).toEqual([
    expect.objectContaining({
      'log.level': 'warn',
      url: { original: 'http://cart.internal/cart/v1/items' },
      error: expect.objectContaining({ type: 'UpstreamUnavailable' }),
      http: expect.objectContaining({ request: { method: 'POST', body: { content: '[10011 characters]' } } }),
    }),
  ])
})

test('calls are measured by route template', async () => {
  const { client, upstream, observability } = mocked()
  upstream.intercept({ path: '/cart/v1/items/1', method: 'GET' }).reply(200, { id: '1' })
  await client.item()
  const durations = await observability.metrics.getSingleMetric('s2s_client_request_duration_seconds')?.get()
  expect(durations?.values.at(-1)).toMatchObject({
    metricName: 's2s_client_request_duration_seconds_count',
    labels: { to: 'cart', method: 'GET', route: '/v1/items/:id', status: 200 },
    value: 1,
  })
})
