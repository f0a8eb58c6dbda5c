import { PaymentCaptured } from '@slipway/contracts/acquiring'
import { expect } from 'vitest'
import { problem } from '@slipway/testing'
import { mug, sampleId, usd } from '../testing/samples.ts'
import * as shop from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const { checkout, fillCart, filled, release, shopper } = shop
const payment = sampleId(300)
const other = sampleId(301)
const done = { status: 204, text: '' }

test('gives the cart back to its owner, once, and says so', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  expect(await release(api, id, payment)).toMatchObject(done)
  expect(await release(api, id, payment.toUpperCase())).toMatchObject(done)
  const data = { cartId: id, userId: shopper.id, paymentId: payment, total: filled.total }
  expect(await events.emitted()).toEqual([
    { type: 'cart.cart.checked-out.v1', subject: id, version: 4, data },
    { type: 'cart.cart.released.v1', subject: id, version: 5, data },
  ])

  await deps.products.update(mug.id, { price: usd(1) })
  const cart = (await api.as(shopper).get('/cart/v1/cart')).json
  expect(cart).toMatchObject({ id, version: 5, status: 'open', total: usd(4_902) })
  expect(cart).not.toHaveProperty('paymentId')
  expect(await checkout(api, id, other)).toMatchObject({ status: 200, json: { version: 6, total: usd(4_902) } })
})

test('leaves a cart alone that another payment holds', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  expect(await release(api, id, other)).toMatchObject(done)
  expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject({ status: 'locked', version: 4 })
  expect(await events.emitted()).toHaveLength(1)
})

test('leaves a paid cart paid', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  await events.deliver(PaymentCaptured, shop.payment(id, payment))
  expect(await release(api, id, payment)).toMatchObject(done)
  expect((await api.as(shopper).get(`/cart/v1/carts/${id}`)).json).toMatchObject({ status: 'paid', version: 5 })
  expect(await events.emitted()).toHaveLength(2)
})

test('has nothing to do for a cart that is not there', async ({ api, events }) => {
  expect(await release(api, sampleId(9), payment)).toMatchObject(done)
  expect(await events.emitted()).toEqual([])
})

test('is for services', async ({ api, deps }) => {
  const path = `/cart/internal/v1/carts/${await fillCart({ api, deps })}/release`
  expect(await api.as(shopper).post(path, { paymentId: payment })).toMatchObject(problem(403, 'FORBIDDEN', path))
  expect((await api.as(shop.acquiring).post(path, {})).status).toBe(400)
})
