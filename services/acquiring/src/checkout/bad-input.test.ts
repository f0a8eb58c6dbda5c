import { problem } from '@slipway/testing'
import { expect } from 'vitest'
import { look, pay, payments, shopper } from '../testing/paying.ts'
import { sampleId } from '../testing/samples.ts'
import { withNeighbours } from '../testing/test.ts'

const test = withNeighbours({ PAYMENT_CURRENCIES: 'USD,JPY,KWD' })

test.for([
  ['a currency that is not taken', { amount: 100, currency: 'EUR' }, 'CURRENCY_NOT_SUPPORTED'],
  ['a currency that there is not', { amount: 100, currency: 'XQZ' }, 'CURRENCY_NOT_SUPPORTED'],
  ['nothing', { amount: 0, currency: 'USD' }, 'NOTHING_TO_PAY'],
  ['less than nothing', { amount: -1, currency: 'USD' }, 'NOTHING_TO_PAY'],
] as const)(
  'a cart that costs %s is refused and given back at once',
  async ([, total, code], { api, bank, shop, deps }) => {
    shop.total = total
    const refused = await pay(api, shop)
    expect(refused).toMatchObject(problem(409, code, payments))
    expect(shop.lockedTo).toBeUndefined()
    expect(await pay(api, shop)).toMatchObject({ status: 409, text: refused.text })
    const { rows } = await deps.database.sql.query(
      `SELECT (SELECT count(*)::int FROM payments) AS payments, (SELECT count(*)::int FROM checkouts) AS checkouts`,
    )
    expect(rows).toEqual([{ payments: 0, checkouts: 0 }])
    expect(bank.calls).toEqual([])
  },
)

test.for([
  ['yen, without minor units', { amount: 1, currency: 'JPY' }],
  ['dinars, with three digits of them', { amount: 1_001, currency: 'KWD' }],
  ['more than anybody has', { amount: Number.MAX_SAFE_INTEGER, currency: 'USD' }],
] as const)('a cart may cost %s: the bank is asked for exactly that', async ([, total], { api, bank, shop }) => {
  shop.total = total
  const { status, json } = await pay(api, shop)
  expect({ status, amount: json.amount }).toEqual({ status: 201, amount: total })
  expect(bank.pages).toMatchObject([{ amount: total }])
  await bank.tells(api, bank.becomes(json.id, 'paid'))
  expect(await look(api, json.id)).toMatchObject({ status: 'captured', captured: total })
})

test.for([
  ['more than a number can be', { amount: 2 ** 53, currency: 'USD' }],
  ['a part of a cent', { amount: 0.5, currency: 'USD' }],
  ['an amount without a currency', { amount: 5 }],
] as const)('a cart that costs %s is no answer', async ([, total], { api, bank, shop }) => {
  const json = { cartId: shop.cartId, version: 4, total, items: [] }
  shop.refusal = { status: 200, json, offContract: true }
  expect(await pay(api, shop)).toMatchObject({ status: 502 })
  expect(bank.calls).toEqual([])
})

test.for([
  ['a foreign cart or none', 404, 'CART_NOT_FOUND'],
  ['a paid cart', 409, 'CART_PAID'],
  ['an empty cart', 409, 'CART_EMPTY'],
] as const)('%s: cart says so, and nothing is left', async ([, status, code], { api, bank, shop, deps }) => {
  shop.refusal = { status, problem: { code } }
  expect(await pay(api, shop)).toMatchObject(problem(status, code, payments, { detail: code }))
  expect(bank.calls).toEqual([])
  expect((await deps.database.sql.query('SELECT FROM checkouts')).rowCount).toBe(0)
})

test.for([
  [{}],
  [{ cartId: 'cart-1' }],
  [{ cartId: null }],
  [{ cartId: [sampleId(1)] }],
  [{ cartId: sampleId(1), returnUrl: 5 }],
  [{ cartId: sampleId(1), returnUrl: `http://slipway.test/${'x'.repeat(3_000)}` }],
  [{ cartId: sampleId(1), amount: { amount: 1, currency: 'USD' } }],
  [{ cartId: sampleId(1), userId: sampleId(2) }],
  ['[]'],
  ['{"cartId":'],
] as const)('a body like %j is refused before anybody is asked', async ([body], { api, bank, shop }) => {
  const headers = { 'idempotency-key': 'key-1', 'content-type': 'application/json' }
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await api.as(shopper).post(payments, sent, headers)
  expect({ status: answer.status, code: answer.json.code }).toEqual({ status: 400, code: expect.any(String) })
  expect([...shop.calls, ...bank.calls]).toEqual([])
})
