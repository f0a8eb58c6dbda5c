import { expect } from 'vitest'
import { balances, history, look, pay, payments, shopper } from '../testing/paying.ts'
import { type Asked, problem } from '@slipway/testing'
import { usd } from '../testing/samples.ts'
import { test } from '../testing/test.ts'

const id = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)

test('freezes the cart on behalf of the shopper, keeps the payment, opens a page', async ({
  api,
  bank,
  shop,
  deps,
}) => {
  const answer = await pay(api, shop, 'key-1', { returnUrl: 'http://slipway.test/thanks' })
  const [page] = bank.pages
  expect(answer).toMatchObject({
    status: 201,
    json: {
      id,
      cartId: shop.cartId,
      status: 'requires_action',
      amount: usd(7_800),
      nextAction: { type: 'redirect', url: page?.url },
      createdAt: expect.stringMatching(/Z$/),
    },
  })
  expect(shop.calls).toMatchObject([
    { path: `/cart/internal/v1/carts/${shop.cartId}/checkout`, body: { paymentId: answer.json.id } },
  ])
  expect(bearer(shop.calls[0])).toMatchObject({ sub: shopper.id, aud: 'cart', act: { sub: 'acquiring' } })
  expect(bank.pages).toMatchObject([{ reference: answer.json.id, amount: usd(7_800) }])
  expect(bank.calls).toEqual(['POST /v1/pages'])
  expect(await history(deps, answer.json.id)).toEqual(['created: checkout', 'requires_action: checkout'])
  expect(await look(api, answer.json.id)).toEqual(answer.json)
  expect(await balances(deps)).toEqual({})
})

test('the price is the cart’s: one in the request is refused', async ({ api, bank, shop }) => {
  const answer = await pay(api, shop, 'key-1', { amount: usd(1) })
  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'VALIDATION_FAILED', errors: [{ path: '/body/amount', message: expect.any(String) }] },
  })
  expect(bank.calls).toEqual([])
})

test.for([
  ['http://slipway.test/thanks?cart=1', 201],
  ['http://evil.test/', 400],
  ['http://slipway.test.evil.test/', 400],
  ['https://slipway.test/', 400],
  ['http://user@slipway.test/', 400],
  ['javascript:alert(1)', 400],
] as const)('a payer may be sent back to %s: %i', async ([returnUrl, status], { api, bank, shop }) => {
  const answer = await pay(api, shop, 'key-1', { returnUrl })
  expect(answer.status).toBe(status)
  if (status === 201) return expect(bank.pages).toHaveLength(1)
  expect(answer).toMatchObject(problem(400, 'RETURN_URL_NOT_ALLOWED', payments))
  expect(shop.calls).toEqual([])
})

test('a key is needed, of a form that can be kept', async ({ api, shop, bank }) => {
  const keyless = await api.as(shopper).post(payments, { cartId: shop.cartId })
  expect(keyless).toMatchObject(problem(400, 'IDEMPOTENCY_KEY_REQUIRED', payments))
  expect(await pay(api, shop, '')).toMatchObject(problem(400, 'IDEMPOTENCY_KEY_REQUIRED', payments))
  for (const key of ['x'.repeat(256), 'two words', 'clé'])
    expect(await pay(api, shop, key), key).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
  expect(bank.calls).toEqual([])
})

test.for([
  [404, { code: 'CART_NOT_FOUND', detail: 'There is no such cart' }],
  [409, { code: 'CART_EMPTY', detail: 'The cart holds nothing that can be bought' }],
  [409, { code: 'CART_LOCKED', detail: 'The cart is being paid', paymentId: 'p-1' }],
] as const)('cart’s refusal comes back as it is: %i', async ([status, refusal], { api, bank, shop, deps }) => {
  shop.refusal = { status, problem: refusal }
  const { detail, ...rest } = refusal
  const { code, ...more } = rest
  expect(await pay(api, shop)).toMatchObject(problem(status, code, payments, { detail, ...more }))
  expect(bank.calls).toEqual([])
  expect((await deps.database.sql.query('SELECT FROM payments')).rows).toEqual([])
  expect((await deps.database.sql.query('SELECT FROM checkouts')).rows).toEqual([])
})

test('while a payment of a cart is open another one is refused', async ({ api, shop }) => {
  const { json } = await pay(api, shop, 'key-1')
  expect(await pay(api, shop, 'key-2')).toMatchObject(
    problem(409, 'CART_LOCKED', payments, { detail: 'Being paid', paymentId: json.id }),
  )
})

test('even if cart lets two payments have one cart, only one is made', async ({ api, shop, bank }) => {
  await pay(api, shop, 'key-1')
  shop.lockedTo = undefined
  expect(await pay(api, shop, 'key-2')).toMatchObject(problem(409, 'CART_LOCKED', payments))
  expect(bank.pages).toHaveLength(1)
})

test('a cart that does not answer costs nothing: the next try with the key goes on with the same payment', async ({
  api,
  shop,
  bank,
}) => {
  shop.losesAnswers = true
  const lost = await pay(api, shop)
  expect(lost).toMatchObject(problem(503, 'UPSTREAM_UNAVAILABLE', payments, { upstream: 'cart' }))
  const { lockedTo } = shop
  expect(lockedTo).toBeDefined()

  shop.losesAnswers = false
  const { status, json } = await pay(api, shop)
  expect({ status, id: json.id }).toEqual({ status: 201, id: lockedTo })
  expect(bank.pages).toHaveLength(1)
})

test('a bank whose answer is lost makes the payment unknown, and the next try gets its page', async ({
  api,
  shop,
  bank,
  deps,
}) => {
  bank.losesAnswers = true
  const lost = await pay(api, shop)
  const paymentId = shop.lockedTo!
  expect(lost).toMatchObject(problem(503, 'PAYMENT_OUTCOME_UNKNOWN', payments, { paymentId }))
  expect(lost.headers['retry-after']).toBeDefined()
  expect(await look(api, paymentId)).toMatchObject({ status: 'unknown' })
  expect(await look(api, paymentId)).not.toHaveProperty('nextAction')

  bank.losesAnswers = false
  expect(await pay(api, shop)).toMatchObject({ status: 201, json: { id: paymentId, status: 'requires_action' } })
  expect(bank.pages).toHaveLength(1)
  expect(await history(deps, paymentId)).toEqual([
    'created: checkout',
    'unknown: checkout',
    'requires_action: checkout',
  ])
})

test('a bank that refuses ends the payment, and cart hears of it', async ({ api, shop, bank, events }) => {
  bank.refusals.set('POST /v1/pages', { status: 400, problem: { code: 'AMOUNT_NOT_POSITIVE' } })
  const { status, json } = await pay(api, shop)
  expect(status).toBe(201)
  expect(json).toEqual({
    id: shop.lockedTo,
    cartId: shop.cartId,
    status: 'failed',
    amount: usd(7_800),
    failureCode: 'provider_refused',
    createdAt: expect.any(String),
  })
  expect(await events.emitted()).toEqual([
    {
      type: 'acquiring.payment.failed.v1',
      subject: json.id,
      version: 2,
      data: {
        paymentId: json.id,
        cartId: shop.cartId,
        userId: shopper.id,
        amount: usd(7_800),
        provider: 'sandbox-bank',
      },
    },
  ])
})

/** Claims of the token that a request came with. */
function bearer(asked?: Asked): unknown {
  const [, payload = ''] = asked?.headers['authorization']?.split('.') ?? []
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}
