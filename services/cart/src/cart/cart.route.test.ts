import { problem, service, user } from '@slipway/testing'
import { expect } from 'vitest'
import { lantern, mug, sampleId, usd } from '../testing/samples.ts'
import { checkout, fillCart, filled, release, setItem, shopper, stranger } from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const own = '/cart/v1/cart'
const item = ({ id }: { id: string }) => `${own}/items/${id}`
const someone = '/cart/v1/carts'
const payment = sampleId(300)

// #region my-first-test
test('the first look makes an empty cart, which stays the same', async ({ api }) => {
  const first = await api.as(shopper).get(own)
  expect(first).toMatchObject({ status: 200 })
  expect(first.json).toEqual({ id: expect.any(String), version: 1, status: 'open', items: [], total: usd(0) })
  expect((await api.as(shopper).get(own)).json).toEqual(first.json)
  expect((await api.as(stranger).get(own)).json.id).not.toBe(first.json.id)
})
// #endregion

test('products are put in, changed and taken out, in the order in which they came', async ({ api, deps }) => {
  await deps.products.add([mug, lantern])
  expect((await setItem(api, mug.id, 1)).json).toMatchObject({ version: 2, total: usd(1_450) })
  await setItem(api, lantern.id, 1)
  const changed = await setItem(api, mug.id.toUpperCase(), 2)
  expect(changed).toMatchObject({ status: 200 })
  const cart = { id: expect.any(String), version: 4, status: 'open', ...filled }
  expect(changed.json).toEqual(cart)
  expect((await api.as(shopper).get(own)).json).toEqual(cart)

  const left = { ...cart, version: 5, items: [filled.items[1]], total: usd(4_900) }
  expect((await api.as(shopper).delete(item(mug))).json).toEqual(left)
  expect((await api.as(shopper).delete(item(mug))).json).toEqual(left)
  expect((await setItem(api, lantern.id, 0)).json).toEqual({ ...cart, version: 6, items: [], total: usd(0) })
})

test('the order does not depend on where the rows lie', async ({ api, deps }) => {
  await deps.products.add([mug, lantern])
  await setItem(api, lantern.id, 1)
  await setItem(api, mug.id, 2)
  await deps.database.sql.query('CLUSTER cart_lines USING cart_lines_pkey')
  expect((await api.as(shopper).get(own)).json.items).toEqual(filled.items.toReversed())
})

test('a cart is emptied at once', async ({ api, deps }) => {
  await fillCart({ api, deps })
  const emptied = await api.as(shopper).delete(own)
  expect(emptied).toMatchObject({ status: 200, json: { version: 4, items: [], total: usd(0) } })
  expect((await api.as(shopper).get(own)).json).toEqual(emptied.json)
})

test('what is no product, or cannot be bought, is not put in', async ({ api, deps }) => {
  await deps.products.add([mug, { ...lantern, available: false }])
  const gone = { id: sampleId(9) }
  expect(await setItem(api, gone.id, 1)).toMatchObject(problem(404, 'PRODUCT_NOT_FOUND', item(gone)))
  expect(await setItem(api, lantern.id, 1)).toMatchObject(problem(404, 'PRODUCT_NOT_FOUND', item(lantern)))
  expect(await api.as(shopper).delete(item(gone))).toMatchObject(problem(404, 'PRODUCT_NOT_FOUND', item(gone)))
  for (const quantity of [-1, 100, 1.5, '1', null])
    expect(await setItem(api, mug.id, quantity as number), String(quantity)).toMatchObject({ status: 400 })
  expect((await api.as(shopper).put(item(mug), { quantity: 1, price: 1 })).status).toBe(400)
  expect((await api.as(shopper).put(item({ id: 'mug' }), { quantity: 1 })).status).toBe(400)
  expect((await api.as(shopper).get(own)).json).toMatchObject({ version: 1, items: [] })
})

test('an open cart follows the products: prices, titles, withdrawal and return', async ({ api, deps }) => {
  await fillCart({ api, deps })
  await deps.products.update(mug.id, { title: 'Big mug', price: usd(2_000) })
  await deps.products.update(lantern.id, { available: false })
  const mugs = { ...filled.items[0], title: 'Big mug', unitPrice: usd(2_000), lineTotal: usd(4_000) }
  const cart = { id: expect.any(String), version: 3, status: 'open' }
  expect((await api.as(shopper).get(own)).json).toEqual({ ...cart, items: [mugs], total: usd(4_000) })

  await setItem(api, mug.id, 1)
  await deps.products.update(lantern.id, { available: true })
  const one = { ...mugs, quantity: 1, lineTotal: usd(2_000) }
  expect((await api.as(shopper).get(own)).json).toEqual({
    ...cart,
    version: 4,
    items: [one, filled.items[1]],
    total: usd(6_900),
  })
})

test('a product that is priced in another currency by now is not in the cart', async ({ api, deps }) => {
  await fillCart({ api, deps })
  await deps.products.update(mug.id, { price: { amount: 1, currency: 'EUR' } })
  expect((await api.as(shopper).get(own)).json).toMatchObject({ items: [filled.items[1]], total: usd(4_900) })
  expect(await setItem(api, mug.id, 1)).toMatchObject(problem(409, 'CURRENCY_MISMATCH', item(mug)))
})

test('a cart of another currency takes the shop’s once nothing in it can be bought', async ({ api, deps }) => {
  const eur = (amount: number) => ({ amount, currency: 'EUR' })
  await fillCart({ api, deps })
  await deps.database.sql.query(`UPDATE carts SET currency = 'EUR'`) // the shop sold in EUR when it was made
  expect((await setItem(api, mug.id, 3)).json).toMatchObject({ version: 5, total: usd(3 * 1_450 + 4_900) })

  await deps.database.sql.query(`UPDATE carts SET currency = 'EUR'`)
  await deps.products.update(mug.id, { price: eur(1_000) })
  expect((await api.as(shopper).get(own)).json).toMatchObject({ version: 5, total: eur(3_000) })
  expect(await setItem(api, lantern.id, 2)).toMatchObject(problem(409, 'CURRENCY_MISMATCH', item(lantern)))
  await api.as(shopper).delete(own)
  expect((await api.as(shopper).get(own)).json).toMatchObject({ version: 7, items: [], total: usd(0) })
  expect(await setItem(api, lantern.id, 2)).toMatchObject({ status: 200, json: { total: usd(9_800) } })
})

test('a locked cart keeps its currency', async ({ api, deps }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  await deps.database.sql.query(`UPDATE carts SET currency = 'EUR'`)
  expect((await api.as(shopper).get(own)).json).toMatchObject({ version: 4, total: { amount: 7_800, currency: 'EUR' } })
})

test('a cart that is being paid shows its payment and cannot be changed', async ({ api, deps }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, payment)
  const locked = { id, version: 4, status: 'locked', paymentId: payment, ...filled }
  expect((await api.as(shopper).get(own)).json).toEqual(locked)

  const refused = (instance: string) => problem(409, 'CART_LOCKED', instance, { paymentId: payment })
  expect(await setItem(api, mug.id, 5)).toMatchObject(refused(item(mug)))
  expect(await setItem(api, mug.id, 0)).toMatchObject(refused(item(mug)))
  expect(await api.as(shopper).delete(item(mug))).toMatchObject(refused(item(mug)))
  expect(await api.as(shopper).delete(own)).toMatchObject(refused(own))
  expect((await api.as(shopper).get(own)).json).toEqual(locked)

  await release(api, id, payment)
  expect((await setItem(api, mug.id, 5)).status).toBe(200)
})

test('a cart is seen by its owner and by whoever may read carts; for others it is not there', async ({ api, deps }) => {
  const id = await fillCart({ api, deps })
  const path = `${someone}/${id}`
  const cart = { id, version: 3, status: 'open', ...filled }
  const readers = { permissions: ['carts:read'] }
  for (const reader of [shopper, user(readers), service('support-desk', readers)])
    expect((await api.as(reader).get(path)).json).toEqual(cart)

  const missing = `${someone}/${sampleId(9)}`
  expect(await api.as(stranger).get(path)).toMatchObject(problem(404, 'CART_NOT_FOUND', path))
  expect(await api.as(user(readers)).get(missing)).toMatchObject(problem(404, 'CART_NOT_FOUND', missing))
  expect(await api.as(service('nosy')).get(path)).toMatchObject({ status: 403, json: { code: 'PERMISSION_MISSING' } })
})
