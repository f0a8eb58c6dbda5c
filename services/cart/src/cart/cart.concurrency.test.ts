import { expect } from 'vitest'
import { product } from '../testing/factories.ts'
import { lantern, mug, sampleId, usd } from '../testing/samples.ts'
import { checkout, fillCart, release, setItem, shopper } from '../testing/shopping.ts'
import { test } from '../testing/test.ts'
import { someoneWaits } from '../testing/waiting.ts'
import { setItem as withItem } from './cart.ts'

const payment = sampleId(300)

// #region at-once
test.fresh('two first uses at once make one cart', async ({ api, deps }) => {
  const looks = await Promise.all(Array.from({ length: 20 }, () => api.as(shopper).get('/cart/v1/cart')))
  expect(new Set(looks.map(({ json }) => json.id)).size).toBe(1)
  const { rows } = await deps.database.sql.query('SELECT FROM carts')
  expect(rows).toHaveLength(1)
})
// #endregion

test.fresh('tabs that change the cart at once all get their way', async ({ api, deps }) => {
  const goods = product.list(20, { price: usd(1_450) })
  await deps.products.add(goods)
  const answers = await Promise.all(goods.map(({ id }) => setItem(api, id, 1)))
  expect(answers.map(({ json }) => json.version).toSorted((a, b) => a - b)).toEqual(goods.map((_, index) => index + 2))

  const { json } = await api.as(shopper).get('/cart/v1/cart')
  expect(json).toMatchObject({ version: 21, total: usd(20 * 1_450) })
  expect(json.items.map(({ productId }: { productId: string }) => productId).toSorted()).toEqual(
    goods.map(({ id }) => id),
  )
})

// #region waits-for-a-row
test.fresh('a checkout that waits for a change has it in its total', async ({ api, deps }) => {
  const id = await fillCart({ api, deps })
  const locked = Promise.withResolvers<void>()
  const change = deps.transaction(async ({ carts }, sql) => {
    const cart = await carts.lock(id)
    locked.resolve()
    await someoneWaits(sql)
    await carts.save(withItem(cart!, mug, 10))
  })
  await locked.promise
  const [frozen] = await Promise.all([checkout(api, id, payment), change])
  expect(frozen).toMatchObject({ status: 200, json: { version: 5, total: usd(10 * 1_450 + 4_900) } })
})
// #endregion

test.fresh('a change that races with the checkout is in the frozen total or refused', async ({ api, deps }) => {
  const id = await fillCart({ api, deps })
  for (let round = 0; round < 10; round++) {
    const payment = sampleId(300 + round)
    const [frozen, ...changes] = await Promise.all([
      checkout(api, id, payment),
      setItem(api, mug.id, 10 + round),
      setItem(api, lantern.id, 20 + round),
    ])
    const [mugs, lanterns] = changes.map(({ status }) => status === 200)
    const cart = (await api.as(shopper).get('/cart/v1/cart')).json
    expect(cart).toMatchObject({ status: 'locked', version: frozen.json.version, total: frozen.json.total })
    expect(cart.items).toEqual(frozen.json.items)
    expect(cart.items[0].quantity === 10 + round, 'mugs').toBe(mugs)
    expect(cart.items[1].quantity === 20 + round, 'lanterns').toBe(lanterns)
    for (const { status, json } of changes)
      if (status !== 200) expect(json).toMatchObject({ status: 409, code: 'CART_LOCKED', paymentId: payment })
    await release(api, id, payment)
  }
})

test.fresh('of many payments that race for a cart one gets it', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  const payments = Array.from({ length: 10 }, (_, index) => sampleId(300 + index))
  const answers = await Promise.all(payments.map((payment) => checkout(api, id, payment)))
  const winner = payments[answers.findIndex(({ status }) => status === 200)]
  const losers = answers.filter(({ status }) => status !== 200)
  expect(losers).toHaveLength(9)
  for (const { json } of losers) expect(json).toMatchObject({ status: 409, code: 'CART_LOCKED', paymentId: winner })
  expect(await events.emitted()).toMatchObject([
    { type: 'cart.cart.checked-out.v1', version: 4, data: { paymentId: winner } },
  ])
})

test.fresh('one payment that asks many times at once gets one answer', async ({ api, deps, events }) => {
  const id = await fillCart({ api, deps })
  const answers = await Promise.all(Array.from({ length: 10 }, () => checkout(api, id, payment)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await events.emitted()).toHaveLength(1)
})
