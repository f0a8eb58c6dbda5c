import { expect, test, vi } from 'vitest'
import { UpstreamTimeout, UpstreamUnavailable } from '../errors.ts'
import type { ClientOptions } from '../client-options.ts'
import { json, observe, serve, TestClient } from '../testing/setup.ts'

const client = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
  new TestClient({ name: 'cart', baseUrl, observability: observe().observability, random: () => 0, ...options })

test('a POST without a key is sent once, even when the connection breaks after it was sent', async () => {
  const { url, requests } = await serve((_, response) => response.destroy())
  await expect(client(url).add()).rejects.toThrow(UpstreamUnavailable)
  expect(requests).toHaveLength(1)
})

test('with an idempotency key it is sent again, under the same key', async () => {
  const { url, requests } = await serve((_, response, count) =>
    count < 3 ? response.destroy() : json(response, 200, {}),
  )
  await client(url).add({ idempotencyKey: 'k-1' })
  expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['k-1', 'k-1', 'k-1'])
})

test('an idempotent method is repeated on 503, and no more often than allowed', async () => {
  const { url, requests } = await serve((_, response) => json(response, 503, {}))
  await expect(client(url, { retries: 1 }).ping()).rejects.toThrow(UpstreamUnavailable)
  expect(requests).toHaveLength(2)
})

test.each([400, 404, 409, 422, 500])('%i is not repeated', async (status) => {
  const { url, requests } = await serve((_, response) => json(response, status, { code: 'NO', detail: 'No' }))
  await expect(client(url).ping()).rejects.toThrow()
  expect(requests).toHaveLength(1)
})

test('Retry-After is kept to; when it is longer than there is time, the answer is final', async () => {
  const times: number[] = []
  const { url } = await serve((_, response, count) => {
    times.push(performance.now())
    json(response, count === 1 ? 429 : 200, { code: 'SLOW_DOWN' }, { 'retry-after': '1' })
  })
  await client(url).ping()
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(990)

  const hopeless = await serve((_, response) => json(response, 503, {}, { 'retry-after': '60' }))
  await expect(client(hopeless.url).ping()).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '60' } })
  expect(hopeless.requests).toHaveLength(1)
})

test('no answer in time is a 504', async () => {
  const { url } = await serve(() => {})
  await expect(client(url, { timeoutMs: 50 }).ping()).rejects.toMatchObject({ status: 504, code: 'UPSTREAM_TIMEOUT' })
})

test('a body that stalls is a 504 too', async () => {
  const { url } = await serve((_, response) => void response.writeHead(200, { 'content-length': 100 }).write('{"id"'))
  await expect(client(url, { timeoutMs: 50 }).item()).rejects.toThrow(UpstreamTimeout)
})

test('a call that waited for a connection until it was late is a 504, and is never sent', async () => {
  const answers: (() => void)[] = []
  const { url, requests } = await serve((_, response, count) => {
    if (count > 1) json(response, 200, { id: '1' })
    else answers.push(() => json(response, 200, { id: '1' }))
  })
  const cart = client(url, { connections: 1 })
  const first = cart.item()
  await vi.waitFor(() => expect(answers).toHaveLength(1), 30_000)
  await expect(cart.add({ timeoutMs: 50 })).rejects.toThrow(UpstreamTimeout)
  answers[0]!()
  await first
  await cart.item()
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
})

test('a slow attempt is cut by the timeout of headers, and repeated', async () => {
  const { url, requests } = await serve((_, response, count) => {
    if (count > 1) json(response, 200, { id: '1' })
  })
  await expect(client(url, { headersTimeoutMs: 500 }).item()).resolves.toEqual({ id: '1' })
  expect(requests).toHaveLength(2)
})

test('the caller’s deadline counts when it is sooner; after it nothing is sent', async () => {
  const { observability } = observe()
  const { url, requests } = await serve(() => {})
  const cart = client(url, { observability, timeoutMs: 60_000 })
  const start = performance.now()
  await observability.span('serve', { deadline: Date.now() + 2_000 }, async () => {
    await expect(cart.ping()).rejects.toThrow(UpstreamTimeout)
    await expect(cart.ping()).rejects.toThrow(UpstreamTimeout)
  })
  expect(performance.now() - start).toBeLessThan(30_000) // its own limit is a minute
  expect(requests).toHaveLength(1)
})

test('a refused connection is a 503', async () => {
  await expect(client('http://127.0.0.1:9').ping()).rejects.toMatchObject({ status: 503, code: 'UPSTREAM_UNAVAILABLE' })
})

test.each([
  ['announced', (body: string) => ({ 'content-length': body.length })],
  ['chunked', () => ({})],
])('a huge body, %s, is refused without being read to its end', async (_, headers) => {
  const body = JSON.stringify({ id: 'x'.repeat(5_000_000) })
  const closed = vi.fn()
  const { url } = await serve((_, response) => {
    response.on('close', closed).writeHead(200, headers(body))
    response.end(body)
  })
  await expect(client(url, { maxResponseBytes: 10_000 }).item()).rejects.toMatchObject({ status: 502 })
  await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce(), 30_000)
})

test('connections are used again, also after a refusal', async () => {
  const ports = new Set<unknown>()
  const { url } = await serve((_, response, count) => {
    ports.add(response.socket?.remotePort)
    json(response, count % 2 ? 200 : 404, { id: '1', code: 'NO' })
  })
  const cart = client(url)
  for (let call = 0; call < 20; call++) await cart.item().catch(() => {})
  expect(ports.size).toBeLessThanOrEqual(2)
})

test('redirects are not followed', async () => {
  const evil = await serve((_, response) => json(response, 200, { id: '1' }))
  const { url } = await serve((_, response) => response.writeHead(307, { location: evil.url }).end())
  await expect(client(url).item()).rejects.toMatchObject({ status: 502 })
  expect(evil.requests).toHaveLength(0)
})
