import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { createApi } from './api.ts'
import { ok } from './problem.ts'
import type { Cart } from './schema/cart.ts'

const answering = (status: number, body: string, type: string) => {
  const asked: Request[] = []
  const session = {
    fetch: async (request: Request) => {
      asked.push(request)
      return new Response(body, { status, headers: { 'content-type': type } })
    },
  }
  return { asked, api: createApi({ baseUrl: 'https://api.test', session: session as never }) }
}
const productId = '01980000-0000-7000-9000-000000000001'

test('paths are filled in, and the answer is the typed body', async () => {
  const cart: Cart = { id: productId, version: 1, status: 'open', items: [], total: { amount: 0, currency: 'USD' } }
  const { api, asked } = answering(200, JSON.stringify(cart), 'application/json')
  const params = { path: { productId } }
  const answer: Cart = await ok(api.PUT('/cart/v1/cart/items/{productId}', { params, body: { quantity: 1 } }))
  expect(answer).toEqual(cart)
  expect([asked[0]?.method, asked[0]?.url]).toEqual(['PUT', `https://api.test/cart/v1/cart/items/${productId}`])
})

test('a refusal is thrown with its code and its own fields; what is no problem is UNREADABLE', async () => {
  const problem = { status: 409, code: 'CART_LOCKED', detail: 'It is being paid', paymentId: productId }
  const { api } = answering(409, JSON.stringify(problem), 'application/problem+json')
  await expect(ok(api.GET('/cart/v1/cart'))).rejects.toMatchObject({
    code: 'CART_LOCKED',
    status: 409,
    message: 'It is being paid',
    problem: { paymentId: productId },
  })
  const proxy = answering(502, '<h1>Bad gateway</h1>', 'text/html')
  await expect(ok(proxy.api.GET('/cart/v1/cart'))).rejects.toMatchObject({ code: 'UNREADABLE', status: 502 })
})

test('the compiler refuses what the platform would', () => {
  const { api } = answering(200, '{}', 'application/json')
  const wrong = () => [
    // @ts-expect-error there is no such path
    api.GET('/cart/v1/carte'),
    // @ts-expect-error the path has no such method
    api.POST('/cart/v1/cart'),
    // @ts-expect-error the parameter is missing
    api.GET('/cart/v1/carts/{cartId}'),
    // @ts-expect-error a quantity is a number
    api.PUT('/cart/v1/cart/items/{productId}', { params: { path: { productId } }, body: { quantity: 'two' } }),
    // @ts-expect-error nobody but services comes here
    api.POST('/cart/internal/v1/carts/{cartId}/checkout', { params: { path: { cartId: productId } } }),
  ]
  expect(wrong).toBeTypeOf('function')
})

test('it is bundled for browsers without anything of Node', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry: fileURLToPath(new URL('index.ts', import.meta.url)), formats: ['es'] } },
  })
  const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput]
  expect(output.map(({ fileName }) => fileName)).toEqual([expect.stringMatching(/\.js$/)])
  expect(output[0].imports).toEqual([])
  expect(output[0].code).not.toMatch(/\bBuffer\b|\brequire\(|from ?[\"']/)
})
