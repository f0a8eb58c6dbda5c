import { expect, test, vi } from 'vitest'
import { json, observe, serve, TestClient } from '../testing/setup.ts'

test('after ten failures calls fail at once; when the service is back, so are they', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  let healthy = false
  const { url, requests } = await serve((_, response) => json(response, healthy ? 200 : 500, { id: '1' }))
  const { observability, parsed } = observe()
  const cart = new TestClient({ name: 'cart', baseUrl: url, observability })
  for (let call = 0; call < 15; call++) await expect(cart.item()).rejects.toMatchObject({ status: 503 })
  expect(requests).toHaveLength(10)
  await expect(cart.item()).rejects.toMatchObject({ extensions: { upstream: 'cart', upstreamCode: 'CIRCUIT_OPEN' } })
  await expect(observability.metrics.metrics()).resolves.toContain('s2s_circuit_open{to="cart",service="acquiring"} 1')

  healthy = true
  vi.setSystemTime(Date.now() + 600)
  await expect(cart.item()).resolves.toEqual({ id: '1' })
  await expect(cart.item()).resolves.toEqual({ id: '1' })
  expect(parsed().map(({ message }) => message)).toContain('Calls to cart work again: the circuit is closed')
  vi.useRealTimers()
})

test('refusals do not open the circuit', async () => {
  const { url, requests } = await serve((_, response) => json(response, 409, { code: 'CART_LOCKED' }))
  const cart = new TestClient({ name: 'cart', baseUrl: url, observability: observe().observability })
  for (let call = 0; call < 15; call++) await expect(cart.item()).rejects.toMatchObject({ status: 409 })
  expect(requests).toHaveLength(15)
})
