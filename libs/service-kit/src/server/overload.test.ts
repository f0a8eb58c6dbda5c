import { expect, test, vi } from 'vitest'
import { anyone } from '../access/access.ts'
import { testApp } from '../testing/test-app.ts'

const routes = (app: Parameters<Parameters<typeof testApp>[0]>[0]) => {
  app.get('/ping', { config: { access: anyone() } }, async () => 'pong')
}

/** Keeps the event loop late until it is stopped. */
function burn() {
  let burning = true
  const turn = () => {
    for (const until = performance.now() + 60; performance.now() < until;);
    if (burning) setTimeout(turn)
  }
  turn()
  return () => (burning = false)
}

test('what comes in while the event loop is late is refused and told when to come again; then all is as before', async () => {
  const { app, observability } = await testApp(routes, {
    variables: { MAX_EVENT_LOOP_DELAY_MS: '20', CORS_ORIGINS: '*' },
  })
  const { app: never } = await testApp(routes, { variables: { MAX_EVENT_LOOP_DELAY_MS: '0' } })
  const status = async (url: string) => (await app.inject(url)).statusCode
  const stop = burn()

  await vi.waitFor(async () => expect(await status('/shop/ping')).toBe(503), { timeout: 10_000 })
  const refused = await app.inject('/shop/ping')
  expect(refused.json()).toEqual({
    type: 'urn:problem:overloaded',
    title: 'Service Unavailable',
    status: 503,
    code: 'OVERLOADED',
    detail: 'More requests come in than can be answered: try again in a moment',
    instance: '/shop/ping',
    traceId: refused.headers['x-trace-id'],
  })
  expect(refused.headers).toMatchObject({ 'retry-after': '1', 'access-control-allow-origin': '*' })
  expect([await status('/shop/health/live'), await status('/shop/health/ready')]).toEqual([200, 200])
  expect((await never.inject('/shop/ping')).statusCode).toBe(200)
  expect(await observability.metrics.metrics()).toMatch(/http_server_request_duration_seconds_count\{.*status="503"/)

  stop()
  await vi.waitFor(async () => expect(await status('/shop/ping')).toBe(200), { timeout: 10_000 })
})
