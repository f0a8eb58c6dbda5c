import { PaymentCanceled, PaymentCaptured, PaymentExpired, PaymentFailed } from '@slipway/contracts/acquiring'
import { expect } from 'vitest'
import { sampleId } from '../testing/samples.ts'
import * as shop from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const { checkout, fillCart, filled, shopper } = shop
const payment = sampleId(300)
const other = sampleId(301)

test('a payment that failed, was canceled or expired gives the cart back, once', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  for (const [index, ended] of [PaymentFailed, PaymentCanceled, PaymentExpired].entries()) {
    const paymentId = sampleId(300 + index)
    await checkout(api, id, paymentId)
    await events.deliver(ended, shop.payment(id, paymentId))
    await events.deliver(ended, shop.payment(id, paymentId))
    expect((await events.emitted()).slice(2 * index + 1)).toEqual([
      {
        type: 'cart.cart.released.v1',
        subject: id,
        version: 5 + 2 * index,
        data: { cartId: id, userId: shopper.id, paymentId, total: filled.total },
      },
    ])
    expect((await api.as(shopper).get('/cart/v1/cart')).json).toMatchObject({ id, status: 'open' })
  }
})

test('the end of another payment changes nothing, whether the cart is open, locked or paid', async ({
  api,
  deps,
  events,
}) => {
  const id = await fillCart({ api, deps })
  const see = async () => (await api.as(shopper).get(`/cart/v1/carts/${id}`)).json
  const otherFails = () => events.deliver(PaymentFailed, shop.payment(id, other))
  await otherFails()
  expect(await see()).toMatchObject({ status: 'open', version: 3 })
  await checkout(api, id, payment)
  await otherFails()
  expect(await see()).toMatchObject({ status: 'locked', version: 4, paymentId: payment })
  await events.deliver(PaymentCaptured, shop.payment(id, payment))
  await otherFails()
  expect(await see()).toMatchObject({ status: 'paid', version: 5 })
  expect(await events.emitted()).toHaveLength(2)
})

test('a paid cart stays paid, whatever is told of its payment later', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  await events.deliver(PaymentCaptured, shop.payment(id, payment))
  for (const late of [PaymentFailed, PaymentCanceled, PaymentExpired])
    await events.deliver(late, shop.payment(id, payment))
  expect((await api.as(shopper).get(`/cart/v1/carts/${id}`)).json).toMatchObject({ status: 'paid', version: 5 })
  expect(await events.emitted()).toHaveLength(2)
})

test('the end of a payment that comes before its checkout keeps it from locking the cart', async ({
  api,
  deps,
  events,
}) => {
  const id = await fillCart({ api, deps })
  await events.deliver(PaymentExpired, shop.payment(id, payment))
  expect(await checkout(api, id, payment)).toMatchObject({ status: 409, json: { code: 'PAYMENT_NOT_ACCEPTED' } })
  expect(await checkout(api, id, other)).toMatchObject({ status: 200 })
})

test('a cart that is not there needs no release', async ({ events }) => {
  await events.deliver(PaymentFailed, shop.payment(sampleId(9), payment))
  expect(await events.emitted()).toEqual([])
})
