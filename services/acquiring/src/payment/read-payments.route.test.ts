import { expect } from 'vitest'
import { pay, payments, reporting, shopper, stranger, support } from '../testing/paying.ts'
import { sampleId } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { type Api, problem, service } from '@slipway/testing'
import type { Shop } from '../testing/shop.ts'

/** Three payments of the shopper and one of somebody else, oldest first. */
async function four(api: Api, shop: Shop) {
  const made = []
  for (const [index, payer] of [shopper, shopper, stranger, shopper].entries()) {
    shop.lockedTo = undefined
    made.push((await pay(api, shop, `key-${index}`, { cartId: sampleId(100 + index) }, payer)).json)
  }
  return made
}

test('the owner, support and services with the right see a payment; for others it is not there', async ({
  api,
  shop,
}) => {
  const { json } = await pay(api, shop)
  const path = `${payments}/${json.id}`
  for (const caller of [shopper, support, reporting])
    expect(await api.as(caller).get(path)).toMatchObject({ status: 200, json })
  expect(await api.as(stranger).get(path)).toMatchObject(problem(404, 'PAYMENT_NOT_FOUND', path))
  expect(await api.as(service('cart')).get(path)).toMatchObject({ status: 403, json: { code: 'PERMISSION_MISSING' } })
  expect(await api.as(shopper).get(path.toUpperCase().replace('/ACQUIRING/V1/PAYMENTS', payments))).toMatchObject({
    json,
  })
  const none = `${payments}/${sampleId(9)}`
  expect(await api.as(support).get(none)).toMatchObject(problem(404, 'PAYMENT_NOT_FOUND', none))
})

test('the list has the caller’s own payments, newest first, page by page', async ({ api, shop }) => {
  const [first, second, , fourth] = await four(api, shop)
  expect(await api.as(shopper).get(payments)).toMatchObject({
    status: 200,
    json: { items: [fourth, second, first], nextCursor: null },
  })
  const page = (await api.as(shopper).get(`${payments}?limit=2`)).json
  expect(page).toEqual({ items: [fourth, second], nextCursor: second.id })
  const last = (await api.as(shopper).get(`${payments}?limit=2&cursor=${page.nextCursor}`)).json
  expect(last).toEqual({ items: [first], nextCursor: null })
})

test('support sees everybody’s', async ({ api, shop }) => {
  const made = await four(api, shop)
  for (const caller of [support, reporting])
    expect((await api.as(caller).get(payments)).json.items).toEqual(made.toReversed())
})

test('a cursor that is none is refused', async ({ api }) => {
  for (const query of ['cursor=x', 'limit=0', 'limit=101'])
    expect((await api.as(shopper).get(`${payments}?${query}`)).status).toBe(400)
})
