import { expect, onTestFinished, test, vi } from 'vitest'
import { json, observe, serve, TestClient } from '../testing/setup.ts'

test('after ten failures calls fail at once; when the service is back, so are they', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
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
})

test('a caller in a hurry neither opens the circuit nor closes it', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  let silent = true
  const { url, requests } = await serve((_, response) => silent || json(response, 500, {}))
  const { observability } = observe()
  const cart = new TestClient({ name: 'cart', baseUrl: url, observability })
  const cut = () => observability.span('serve', { deadline: Date.now() + 20 }, () => cart.item())
  for (let call = 0; call < 12; call++) await expect(cut()).rejects.toMatchObject({ status: 504 })
  silent = false
  for (let call = 0; call < 12; call++) await cart.item().catch(() => {})
  await expect(cart.item()).rejects.toMatchObject({ extensions: { upstreamCode: 'CIRCUIT_OPEN' } })

  silent = true
  vi.setSystemTime(Date.now() + 600)
  const sent = requests.length
  await expect(cut()).rejects.toMatchObject({ status: 504 })
  await expect(cart.item()).rejects.toMatchObject({ extensions: { upstreamCode: 'CIRCUIT_OPEN' } })
  expect(requests).toHaveLength(sent + 1)
})

test('refusals do not open the circuit', async () => {
  const { url, requests } = await serve((_, response) => json(response, 409, { code: 'CART_LOCKED' }))
  const cart = new TestClient({ name: 'cart', baseUrl: url, observability: observe().observability })
  for (let call = 0; call < 15; call++) await expect(cart.item()).rejects.toMatchObject({ status: 409 })
  expect(requests).toHaveLength(15)
})
