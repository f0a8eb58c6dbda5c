import { PaymentCanceled, PaymentCaptured, PaymentExpired, PaymentFailed } from '@slipway/contracts/acquiring'
import { CartPaymentRejected } from '@slipway/contracts/cart'
import { expect } from 'vitest'
import { mug, sampleId, usd } from '../testing/samples.ts'
import * as shop from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const { checkout, fillCart, filled, release, setItem, shopper, stranger } = shop
const payment = sampleId(300)
const other = sampleId(301)
const cartOf = (id: string) => `/cart/v1/carts/${id}`
const told = (cartId: string, paymentId: string, total = filled.total) => ({
  cartId,
  userId: shopper.id,
  paymentId,
  total,
})
const rejected = (cartId: string, paymentId: string, total = filled.total) => ({
  type: 'cart.cart.payment-rejected.v1',
  subject: cartId,
  version: undefined,
  data: told(cartId, paymentId, total),
})

// #region deliver
test('the cart is paid, says so, and the shopper gets a new one', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  await deps.products.update(mug.id, { price: usd(1) })
  await events.deliver(PaymentCaptured, shop.payment(id, payment))

  const paid = { id, version: 5, status: 'paid', paymentId: payment, ...filled }
  expect((await api.as(shopper).get(cartOf(id))).json).toEqual(paid)
  const emitted = await events.emitted()
  expect(emitted.slice(1)).toEqual([{ type: 'cart.cart.paid.v1', subject: id, version: 5, data: told(id, payment) }])
  const next = (await api.as(shopper).get('/cart/v1/cart')).json
  expect(next).toEqual({ id: expect.any(String), version: 1, status: 'open', items: [], total: usd(0) })
  expect(next.id).not.toBe(id)
})
// #endregion

test.fresh('a capture told twice pays once', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  const captured = shop.payment(id, payment)
  await Promise.all(Array.from({ length: 5 }, () => events.deliver(PaymentCaptured, captured)))
  await events.deliver(PaymentCaptured, captured)
  expect((await events.emitted()).map(({ type }) => type)).toEqual(['cart.cart.checked-out.v1', 'cart.cart.paid.v1'])
})

// #region duplicate
test('an event that the broker hands out twice is worked off once', async ({ api, deps, events }) => {
  const cartId = await fillCart({ api, deps })
  const event = { ...shop.payment(cartId, payment), id: sampleId(500) }
  expect(await events.deliver(PaymentCaptured, event)).toEqual({ 'mark-cart-paid': 'done' })
  expect(await events.deliver(PaymentCaptured, event)).toEqual({ 'mark-cart-paid': 'duplicate' })
  expect(await events.emitted(CartPaymentRejected)).toHaveLength(1)
})
// #endregion

test('money for a cart that is not there is given back', async ({ events }) => {
  const gone = sampleId(9)
  await events.deliver(PaymentCaptured, shop.payment(gone, payment))
  expect(await events.emitted()).toEqual([rejected(gone, payment)])
})

test('money for a cart that was released is given back, changed or not', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  await release(api, id, payment)
  await events.deliver(PaymentCaptured, shop.payment(id, payment))
  expect((await events.emitted()).slice(2)).toEqual([rejected(id, payment)])

  await setItem(api, mug.id, 1)
  await events.deliver(PaymentCaptured, shop.payment(id, payment))
  expect((await events.emitted()).slice(3)).toEqual([rejected(id, payment)])
  expect((await api.as(shopper).get(cartOf(id))).json).toMatchObject({ status: 'open', version: 6 })
})

test('money of another payment than the cart waits for, or was paid by, is given back', async ({
  api,
  deps,
  events,
}) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  await events.deliver(PaymentCaptured, shop.payment(id, other))
  expect((await api.as(shopper).get(cartOf(id))).json).toMatchObject({ status: 'locked', paymentId: payment })
  await events.deliver(PaymentCaptured, shop.payment(id, payment))
  await events.deliver(PaymentCaptured, shop.payment(id, other))
  expect((await api.as(shopper).get(cartOf(id))).json).toMatchObject({ status: 'paid', paymentId: payment })
  expect((await events.emitted()).slice(1)).toEqual([
    rejected(id, other),
    expect.objectContaining({ type: 'cart.cart.paid.v1' }),
    rejected(id, other),
  ])
})

test('another amount is given back and frees the cart', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  const wrong = [usd(7_799), usd(7_801), { amount: 7_800, currency: 'EUR' }]
  for (const [index, amount] of wrong.entries()) {
    const payment = sampleId(300 + index)
    await checkout(api, id, payment)
    await events.deliver(PaymentCaptured, shop.payment(id, payment, amount))
    expect((await events.emitted()).slice(3 * index + 1)).toEqual([
      { type: 'cart.cart.released.v1', subject: id, version: 5 + 2 * index, data: told(id, payment) },
      rejected(id, payment, amount),
    ])
    expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject({ id, status: 'open' })
  }
})

test('a cart is not paid with money that is said to be another person’s', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  const { subject, data } = shop.payment(id, payment)
  await events.deliver(PaymentCaptured, { subject, data: { ...data, userId: stranger.id } })
  expect((await events.emitted()).at(-1)).toMatchObject({
    type: 'cart.cart.payment-rejected.v1',
    data: { userId: stranger.id },
  })
})

test('news of other payments, in any order and twice, keeps no cart from being paid', async ({ api, deps, events }) => {
  const [captured, failed, expired] = [PaymentCaptured, PaymentFailed, PaymentExpired]
  const orders = [
    [failed, expired, captured, captured],
    [failed, captured, expired, captured],
    [captured, failed, captured, expired],
    [captured, captured, expired, failed],
  ]
  for (const [round, order] of orders.entries()) {
    const id = await fillCart({ api, deps })
    const before = (await events.emitted()).length
    const [own, foreign] = [sampleId(300 + round), sampleId(400 + round)]
    await checkout(api, id, own)
    for (const on of order) await events.deliver(on, shop.payment(id, on === captured ? own : foreign))
    const types = (await events.emitted()).slice(before).map(({ type }) => type)
    expect(types).toEqual(['cart.cart.checked-out.v1', 'cart.cart.paid.v1'])
  }
})

// #region two-workers
test.fresh(
  'told of its end and of its capture at once, a payment pays the cart or is given back',
  async ({ api, deps, events }) => {
    for (let round = 0; round < 10; round++) {
      const paymentId = sampleId(300 + round)
      const id = await fillCart({ api, deps })
      await checkout(api, id, paymentId)
      const before = (await events.emitted()).length
      const about = shop.payment(id, paymentId)
      const both = [events.deliver(PaymentCanceled, about), events.deliver(PaymentCaptured, about)]
      await Promise.all(round % 2 === 0 ? both : both.toReversed())
      const types = (await events.emitted()).slice(before).map(({ type }) => type)
      const { status } = (await api.as(shopper).get(cartOf(id))).json
      expect([
        { status: 'paid', types: ['cart.cart.paid.v1'] },
        { status: 'open', types: ['cart.cart.released.v1', 'cart.cart.payment-rejected.v1'] },
      ]).toContainEqual({ status, types })
    }
  },
)
// #endregion
