// Longer than a file should be: each place where a checkout may die, and what the next one finds, in their order.
import { tokenOf } from '@slipway/testing'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { fingerprintOf } from '../idempotency/answer-once.ts'
import { AttemptLost } from '../idempotency/errors.ts'
import { openAtProvider } from '../payment/open-at-provider.ts'
import { SettlePayments } from '../payment/settle-payments.job.ts'
import { look, pay, payments, shopper, tick } from '../testing/paying.ts'
import { minute } from '../testing/samples.ts'
import type { Shop } from '../testing/shop.ts'
import { test } from '../testing/test.ts'
import { checkout } from './checkout.ts'
import { ReleaseAbandonedCarts } from './release-abandoned-carts.job.ts'

/** Twice S2S_TIMEOUT_MS, which is two minutes in tests. */
const leaseMs = 4 * minute
const body = (shop: Shop) => ({ cartId: shop.cartId })
const caller = { id: shopper.id, token: await tokenOf(shopper) }

/** The shopper's request as a process begins it that will not answer: without what `once` does after the work. */
async function begin({ idempotency }: Deps, shop: Shop) {
  const fingerprint = fingerprintOf('POST', payments, body(shop))
  const claim = await idempotency.claim({ callerId: shopper.id, key: 'key-1', fingerprint })
  if (claim.kind !== 'attempt') throw new Error(claim.kind)
  return claim.attempt
}

class Crash extends Error {}
const crash = (): never => {
  throw new Crash()
}

/** Places where the process dies, each a little later than the one before. */
const places: Record<string, (deps: Deps, shop: Shop) => Promise<unknown>> = {
  'with nothing but the key': (deps, shop) => begin(deps, shop).then(crash),

  'before cart is asked': async (deps, shop) =>
    checkout(
      { ...deps, cart: Object.assign(Object.create(deps.cart), { checkout: crash }) },
      await begin(deps, shop),
      caller,
      body(shop),
    ),

  'after cart has locked the cart': async (deps, shop) => {
    const cart = Object.create(deps.cart) as Deps['cart']
    cart.checkout = (...args) => deps.cart.checkout(...args).then(crash)
    return checkout({ ...deps, cart }, await begin(deps, shop), caller, body(shop))
  },

  'after the payment is kept': async (deps, shop) =>
    checkout(deps, await begin(deps, shop), caller, body(shop)).then(crash),

  'after the bank has opened the page': async (deps, shop) => {
    const payment = await checkout(deps, await begin(deps, shop), caller, body(shop))
    await deps.providers.current.open(payment)
    return crash()
  },

  'after the page is kept': async (deps, shop) => {
    await openAtProvider(deps, await checkout(deps, await begin(deps, shop), caller, body(shop)))
    return crash()
  },
}

test.for(Object.entries(places))(
  'a request that died %s is gone on with by the next try',
  async ([, dies], { api, shop, bank, deps, clock }) => {
    await expect(dies(deps, shop)).rejects.toThrow(Crash)
    const begun = shop.lockedTo

    clock.advance(leaseMs)
    const { status, json } = await pay(api, shop)
    expect({ status, state: json.status }).toEqual({ status: 201, state: 'requires_action' })
    expect(json.id).toBe(begun ?? shop.lockedTo)
    expect(json.nextAction.url).toBe(bank.page(json.id).url)
    expect(bank.pages).toHaveLength(1)
    expect((await deps.database.sql.query('SELECT FROM payments')).rows).toHaveLength(1)
    expect((await deps.database.sql.query('SELECT FROM checkouts')).rows).toHaveLength(0)
  },
)

test.for(Object.entries(places))(
  'one that died %s and is never tried again leaves nothing locked',
  async ([, dies], { shop, bank, deps, clock, events }) => {
    await expect(dies(deps, shop)).rejects.toThrow(Crash)

    clock.advance(minute)
    await tick(new ReleaseAbandonedCarts(deps), deps)
    await tick(new SettlePayments(deps), deps)
    clock.advance(30 * minute)
    await tick(new SettlePayments(deps), deps)

    const { rows } = await deps.database.sql.query('SELECT status FROM payments')
    expect(rows.every(({ status }) => status === 'expired')).toBe(true)
    expect(bank.pages.every(({ status }) => status === 'canceled')).toBe(true)
    const releasedByEvent = (await events.emitted()).some(({ type }) => type === 'acquiring.payment.expired.v1')
    expect(releasedByEvent).toBe(rows.length === 1)
    if (!releasedByEvent) expect(shop.lockedTo).toBeUndefined()
    expect((await deps.database.sql.query('SELECT FROM checkouts')).rows).toHaveLength(0)
  },
)

/** Cart answers when the test says so. */
function slowCart(deps: Deps) {
  const { promise, resolve: goOn } = Promise.withResolvers<void>()
  const cart = Object.create(deps.cart) as Deps['cart']
  cart.checkout = async (...args) => {
    const frozen = await deps.cart.checkout(...args)
    await promise
    return frozen
  }
  return { deps: { ...deps, cart }, goOn }
}

test('a request that is slow and not dead cannot make a second payment', async ({ api, shop, deps, clock, bank }) => {
  const { deps: slow, goOn } = slowCart(deps)
  const zombie = checkout(slow, await begin(deps, shop), caller, body(shop))
  await expect.poll(() => shop.lockedTo).toBeDefined()
  clock.advance(leaseMs)
  const { json } = await pay(api, shop)
  goOn()
  await expect(zombie).rejects.toThrow(AttemptLost)
  expect(bank.pages).toMatchObject([{ reference: json.id }])
})

test('one whose cart was given back makes none; the next try makes another', async ({ api, shop, deps, clock }) => {
  const { deps: slow, goOn } = slowCart(deps)
  const zombie = checkout(slow, await begin(deps, shop), caller, body(shop))
  await expect.poll(() => shop.lockedTo).toBeDefined()
  const begun = shop.lockedTo

  clock.advance(leaseMs)
  await tick(new ReleaseAbandonedCarts(deps), deps)
  expect(shop.lockedTo).toBeUndefined()
  goOn()
  await expect(zombie).rejects.toThrow(AttemptLost)
  expect((await deps.database.sql.query('SELECT FROM payments')).rows).toEqual([])

  const { status, json } = await pay(api, shop)
  expect(status).toBe(201)
  expect(json.id).not.toBe(begun) // cart locks nothing for a payment that has ended
})

test('nor does one whose cart is just being given back', async ({ shop, deps, clock }) => {
  const { deps: slow, goOn } = slowCart(deps)
  const zombie = checkout(slow, await begin(deps, shop), caller, body(shop))
  await expect.poll(() => shop.lockedTo).toBeDefined()
  clock.advance(minute)
  shop.losesAnswers = true
  await tick(new ReleaseAbandonedCarts(deps), deps)
  goOn()
  await expect(zombie).rejects.toThrow(AttemptLost)
  expect((await deps.database.sql.query('SELECT FROM payments')).rows).toEqual([])
})

test('while the cart is being given back the next try has to wait', async ({ api, shop, deps, clock }) => {
  shop.losesAnswers = true
  expect((await pay(api, shop)).status).toBe(503)
  clock.advance(minute)
  await tick(new ReleaseAbandonedCarts(deps), deps) // cart’s answer is lost: it may or may not have happened
  shop.losesAnswers = false
  expect(await pay(api, shop)).toMatchObject({ status: 409, json: { code: 'IDEMPOTENCY_KEY_IN_USE' } })

  clock.advance(15_000)
  await tick(new ReleaseAbandonedCarts(deps), deps)
  expect((await pay(api, shop)).status).toBe(201)
})

test('a cart that cart does not know is given back by and by, not for ever', async ({ api, shop, deps, clock }) => {
  shop.losesAnswers = true
  await pay(api, shop)
  shop.losesAnswers = false
  shop.refusal = { status: 404, problem: { code: 'CART_NOT_FOUND' }, offContract: true }
  clock.advance(minute)
  await tick(new ReleaseAbandonedCarts(deps), deps)
  expect((await deps.database.sql.query('SELECT FROM checkouts')).rows).toEqual([])
})

test.for([
  [403, 'FORBIDDEN'],
  [404, 'ROUTE_NOT_FOUND'],
  [429, 'TOO_MANY_REQUESTS'],
] as const)(
  'a cart is not given back by %s %s: it is tried again',
  async ([status, code], { api, shop, deps, clock, logs }) => {
    shop.losesAnswers = true
    await pay(api, shop)
    shop.losesAnswers = false
    shop.refusal = { status, problem: { code }, offContract: true }
    clock.advance(minute)
    await tick(new ReleaseAbandonedCarts(deps), deps)
    expect(shop.lockedTo).toBeDefined()
    expect(logs.text).not.toContain('an abandoned cart was given back')

    shop.refusal = undefined
    clock.advance(15_000)
    await tick(new ReleaseAbandonedCarts(deps), deps)
    expect(shop.lockedTo).toBeUndefined()
    expect((await deps.database.sql.query('SELECT FROM checkouts')).rows).toEqual([])
  },
)

test('a payment that is being made is left alone for a minute', async ({ api, shop, deps, clock, bank }) => {
  const job = new SettlePayments(deps)
  await tick(job, deps) // what was open at the start is asked about at once
  const payment = await checkout(deps, await begin(deps, shop), caller, body(shop))
  clock.advance(minute - 1_000)
  await tick(job, deps)
  expect(bank.calls).toEqual([])
  clock.advance(1_000)
  await tick(job, deps)
  expect(bank.calls).toEqual([`GET /v1/pages/by-reference/${payment.id}`, 'POST /v1/pages'])
  expect(await look(api, payment.id)).toMatchObject({ status: 'requires_action' })
})
