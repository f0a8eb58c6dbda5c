import { expect } from 'vitest'
import { problem } from '@slipway/testing'
import { lantern, mug, sampleId, usd } from '../testing/samples.ts'
import { shopkeeper, shopper } from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

const products = '/cart/v1/products'
const invalid = { status: 400, json: { code: 'VALIDATION_FAILED' } }
const aProduct = { title: 'Mug', description: 'Half a litre', price: usd(1_450) }

test('anyone sees the products that can be bought, page by page', async ({ api, deps }) => {
  const cap = { ...mug, id: sampleId(3) }
  await deps.products.add([cap, lantern, mug, { ...mug, id: sampleId(4), available: false }])

  const first = await api.get(`${products}?limit=2`)
  expect(first).toMatchObject({ status: 200, json: { items: [mug, lantern], nextCursor: lantern.id } })
  const second = await api.get(`${products}?limit=2&cursor=${first.json.nextCursor}`)
  expect(second.json).toEqual({ items: [cap], nextCursor: null })
  expect((await api.get(products)).json).toEqual({ items: [mug, lantern, cap], nextCursor: null })
})

test('a list with a wrong query is refused', async ({ api }) => {
  for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=x', `cursor=urn:uuid:${mug.id}`])
    expect(await api.get(`${products}?${query}`), query).toMatchObject(invalid)
})

test('a withdrawn product can still be looked at; an unknown one is 404', async ({ api, deps }) => {
  const withdrawn = { ...mug, available: false }
  await deps.products.add([withdrawn])
  expect(await api.get(`${products}/${mug.id}`)).toMatchObject({ status: 200, json: withdrawn })
  expect((await api.get(`${products}/${mug.id.toUpperCase()}`)).json).toEqual(withdrawn)
  const unknown = `${products}/${lantern.id}`
  expect(await api.get(unknown)).toMatchObject(problem(404, 'PRODUCT_NOT_FOUND', unknown))
  expect((await api.get(`${products}/1`)).status).toBe(400)
})

test('who may write products puts one on sale', async ({ api }) => {
  const made = await api.as(shopkeeper).post(products, aProduct)
  expect(made).toMatchObject({ status: 201, json: { id: expect.any(String), ...aProduct, available: true } })
  expect((await api.get(`${products}/${made.json.id}`)).json).toEqual(made.json)
  const short = await api.as(shopkeeper).post(products, { title: 'Mug', price: usd(1) })
  expect(short).toMatchObject({ status: 201, json: { description: '' } })
})

test('a product that is none is refused', async ({ api }) => {
  const refused = {
    'no title': { price: usd(1) },
    'a blank title': { ...aProduct, title: '  ' },
    'a title of two lines': { ...aProduct, title: 'Mug\nblue' },
    'a NUL in the description': { ...aProduct, description: 'a\u0000b' },
    'half a surrogate pair': { ...aProduct, title: 'Mug \ud83d' },
    'a price of nothing': { ...aProduct, price: usd(0) },
    'a price below nothing': { ...aProduct, price: usd(-1) },
    'half a cent': { ...aProduct, price: { amount: 0.5, currency: 'USD' } },
    'a price in words': { ...aProduct, price: { amount: '1', currency: 'USD' } },
    'a price past all reason': { ...aProduct, price: usd(100_000_000_001) },
    'an id of its own': { ...aProduct, id: mug.id },
  }
  for (const [what, body] of Object.entries(refused))
    expect(await api.as(shopkeeper).post(products, body), what).toMatchObject(invalid)
  expect((await api.get(products)).json.items).toEqual([])
})

test('a price in another currency than the shop’s is refused', async ({ api, deps }) => {
  await deps.products.add([mug])
  const price = { amount: 1_450, currency: 'EUR' }
  const refused = (instance: string) => problem(400, 'CURRENCY_NOT_SUPPORTED', instance, { currency: 'USD' })
  expect(await api.as(shopkeeper).post(products, { ...aProduct, price })).toMatchObject(refused(products))
  const one = `${products}/${mug.id}`
  expect(await api.as(shopkeeper).patch(one, { price })).toMatchObject(refused(one))
  expect((await api.get(one)).json).toEqual(mug)
})

test('who may write products changes one, field by field', async ({ api, deps }) => {
  await deps.products.add([mug])
  const patch = (changes: object) => api.as(shopkeeper).patch(`${products}/${mug.id}`, changes)
  expect(await patch({ title: 'Big mug' })).toMatchObject({ status: 200, json: { ...mug, title: 'Big mug' } })
  const changes = { description: 'A litre', price: usd(1_900), available: false }
  const changed = { ...mug, ...changes, title: 'Big mug' }
  expect((await patch(changes)).json).toEqual(changed)
  expect((await patch({ available: true })).json).toEqual({ ...changed, available: true })
  expect((await patch({})).status).toBe(400)
  expect((await patch({ id: lantern.id })).status).toBe(400)
  const unknown = `${products}/${lantern.id}`
  const lost = await api.as(shopkeeper).patch(unknown, { title: 'Lamp' })
  expect(lost).toMatchObject(problem(404, 'PRODUCT_NOT_FOUND', unknown))
})

test('a shopper may not write products', async ({ api, deps }) => {
  await deps.products.add([mug])
  const required = { required: ['products:write'] }
  const one = `${products}/${mug.id}`
  expect(await api.as(shopper).post(products, aProduct)).toMatchObject(
    problem(403, 'PERMISSION_MISSING', products, required),
  )
  expect(await api.as(shopper).patch(one, { title: 'Mine' })).toMatchObject(
    problem(403, 'PERMISSION_MISSING', one, required),
  )
})
