import { delegated, problem } from '@slipway/testing'
import { expect } from 'vitest'
import { PaymentCaptured } from '@slipway/contracts/acquiring'
import { lantern, mug, sampleId, usd } from '../testing/samples.ts'
import * as shop from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const { checkout, fillCart, filled, release, setItem, shopper, stranger } = shop
const payment = sampleId(300)
const other = sampleId(301)
const path = (id: string) => `/cart/internal/v1/carts/${id}/checkout`

test('freezes the cart and its total for one payment and says so', async ({ api, deps, events }) => {
  const cartId = await fillCart({ api, deps })
  const frozen = await checkout(api, cartId, payment)
  expect(frozen).toMatchObject({ status: 200 })
  expect(frozen.json).toEqual({ cartId, version: 4, ...filled })
  expect(await events.emitted()).toEqual([
    {
      type: 'cart.cart.checked-out.v1',
      subject: cartId,
      version: 4,
      data: { cartId, userId: shopper.id, paymentId: payment, total: filled.total },
    },
  ])
})

// #region reference
test('the answers of a checkout, as a whole', async ({ api, deps }) => {
  const cartId = await fillCart({ api, deps })
  expect(await checkout(api, cartId, payment)).toMatchReference('checked-out')
  expect(await checkout(api, cartId, other)).toMatchReference(
    problem(409, 'CART_LOCKED', path(cartId), { paymentId: payment }),
  )
})
// #endregion

test('the total comes from the prices of this very moment and stays what was shown', async ({ api, deps }) => {
  const cartId = await fillCart({ api, deps })
  await deps.products.update(mug.id, { price: usd(2_000) })
  const frozen = await checkout(api, cartId, payment)
  expect(frozen.json.total).toEqual(usd(8_900))

  await deps.products.update(mug.id, { price: usd(9_000), title: 'Golden mug' })
  await deps.products.update(lantern.id, { available: false })
  expect((await checkout(api, cartId, payment)).json).toEqual(frozen.json)
  expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject({
    items: frozen.json.items,
    total: usd(8_900),
  })
})

test('the same payment gets the same answer and one event, also when the cart is paid', async ({
  api,
  deps,
  events,
}) => {
  const cartId = await fillCart({ api, deps })
  const { text } = await checkout(api, cartId, payment)
  expect((await checkout(api, cartId, payment.toUpperCase())).text).toBe(text)
  expect(await events.emitted()).toHaveLength(1)
  await events.deliver(PaymentCaptured, shop.payment(cartId, payment))
  expect(await checkout(api, cartId, payment)).toMatchObject({ status: 200, text })
})

test('another payment finds the cart locked, then paid', async ({ api, deps, events }) => {
  const cartId = await fillCart({ api, deps })
  await checkout(api, cartId, payment)
  const locked = problem(409, 'CART_LOCKED', path(cartId), { paymentId: payment })
  expect(await checkout(api, cartId, other)).toMatchObject(locked)
  await events.deliver(PaymentCaptured, shop.payment(cartId, payment))
  expect(await checkout(api, cartId, other)).toMatchObject(problem(409, 'CART_PAID', path(cartId)))
})

test('a cart without anything to buy is not checked out', async ({ api, deps, events }) => {
  await deps.products.add([mug])
  const cartId = (await setItem(api, mug.id, 0)).json.id
  const empty = problem(409, 'CART_EMPTY', path(cartId))
  expect(await checkout(api, cartId, payment)).toMatchObject(empty)
  await setItem(api, mug.id, 1)
  await deps.products.update(mug.id, { available: false })
  expect(await checkout(api, cartId, payment)).toMatchObject(empty)
  expect(await events.emitted()).toEqual([])
})

test('withdrawn products are left out of what is paid', async ({ api, deps }) => {
  const cartId = await fillCart({ api, deps })
  await deps.products.update(mug.id, { available: false })
  const frozen = { version: 4, items: [filled.items[1]], total: usd(4_900) }
  expect((await checkout(api, cartId, payment)).json).toEqual({ cartId, ...frozen })
  await deps.products.update(mug.id, { available: true })
  expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject(frozen)
})

test('a cart that is not there, or somebody else’s, is not found', async ({ api, deps }) => {
  const cartId = await fillCart({ api, deps })
  const missing = sampleId(9)
  expect(await checkout(api, missing, payment)).toMatchObject(problem(404, 'CART_NOT_FOUND', path(missing)))
  expect(await checkout(api, cartId, payment, stranger)).toMatchObject(problem(404, 'CART_NOT_FOUND', path(cartId)))
  expect((await api.as(shopper).get('/cart/v1/cart')).json.status).toBe('open')
})

test('a payment that has ended locks nothing any more, nor does one of another cart', async ({ api, deps, events }) => {
  const cartId = await fillCart({ api, deps })
  await release(api, cartId, payment)
  const refused = (id: string) => problem(409, 'PAYMENT_NOT_ACCEPTED', path(id))
  expect(await checkout(api, cartId, payment)).toMatchObject(refused(cartId))

  await checkout(api, cartId, other)
  await events.deliver(PaymentCaptured, shop.payment(cartId, other))
  const nextId = (await setItem(api, mug.id, 1)).json.id
  expect(await checkout(api, nextId, other)).toMatchObject(refused(nextId))
  expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject({ id: nextId, status: 'open' })
})

test('only a service on behalf of the owner checks out, and only with a payment', async ({ api, deps }) => {
  const cartId = await fillCart({ api, deps })
  const body = { paymentId: payment }
  for (const caller of [shopper, shop.acquiring])
    expect(await api.as(caller).post(path(cartId), body)).toMatchObject(problem(403, 'FORBIDDEN', path(cartId)))
  const asOwner = api.as(delegated({ id: shopper.id, actor: 'acquiring', audience: 'cart' }))
  for (const wrong of [{}, { paymentId: 'x' }, { ...body, total: usd(1) }])
    expect(await asOwner.post(path(cartId), wrong)).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
})

test('what cannot be announced does not happen', async ({ api, deps }) => {
  const cartId = await fillCart({ api, deps })
  await deps.database.sql.query('ALTER TABLE messaging.outbox RENAME TO broken')
  expect((await checkout(api, cartId, payment)).status).toBe(500)
  expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject({ status: 'open', version: 3 })
})
