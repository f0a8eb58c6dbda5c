import { Type } from 'typebox'
import { MockAgent } from 'undici'
import { expect, expectTypeOf, test } from 'vitest'
import { BaseClient } from './base-client.ts'
import type { Contract, OperationOptions, ResultOf } from './operation.ts'
import { observe } from './testing/setup.ts'

const Item = Type.Object({ id: Type.String() })
const shop = {
  add: {
    method: 'POST',
    path: '/v1/shops/:shopId/items/:id',
    body: Type.Object({ count: Type.Integer() }),
    responses: { 201: Item, 409: Type.Object({ code: Type.Literal('FULL') }) },
  },
  close: { method: 'DELETE', path: '/v1/shops/:shopId', responses: { 204: Type.Undefined() } },
} as const satisfies Contract

class ShopClient extends BaseClient {
  add = (id: string) => this.send(shop.add, { params: { shopId: 7, id }, body: { count: 1 }, idempotencyKey: id })
  close_ = () => this.send(shop.close, { params: { shopId: 7 } })
}

test('a call is made as its contract says', async () => {
  const dispatcher = new MockAgent()
  dispatcher.disableNetConnect()
  const { observability } = observe()
  const client = new ShopClient({
    name: 'shop',
    baseUrl: 'http://shop.test/shop',
    observability,
    dispatcher,
    retries: 0,
  })
  const upstream = dispatcher.get('http://shop.test')

  upstream
    .intercept({ method: 'POST', path: '/shop/v1/shops/7/items/a', body: '{"count":1}' })
    .reply(201, { id: 'a', more: 1 })
    .times(1)
  expect(await client.add('a')).toMatchObject({ id: 'a' })
  upstream.intercept({ method: 'POST', path: '/shop/v1/shops/7/items/a' }).reply(201, { name: 'a' })
  await expect(client.add('a')).rejects.toMatchObject({ code: 'BAD_UPSTREAM_RESPONSE' })
  upstream.intercept({ method: 'DELETE', path: '/shop/v1/shops/7' }).reply(204)
  expect(await client.close_()).toBeUndefined()
})

test('the compiler knows what a call needs and gives', () => {
  type Add = OperationOptions<typeof shop.add>
  expectTypeOf<Add['params']>().toEqualTypeOf<Record<'shopId', string | number> & Record<'id', string | number>>()
  expectTypeOf<Add['body']>().toEqualTypeOf<{ count: number }>()
  expectTypeOf<ResultOf<typeof shop.add>>().toEqualTypeOf<{ id: string }>()
  expectTypeOf<ResultOf<typeof shop.close>>().toEqualTypeOf<undefined>()
})
