// Longer than a file should be: what may be given back, how often it is tried, and what a refusal leaves, on one shop.
import { CartPaymentRejected } from '@slipway/contracts/cart'
import { expect } from 'vitest'
import { type Api, type Events, problem } from '@slipway/testing'
import {
  balances,
  captured,
  cashier,
  history,
  look,
  pay,
  payments,
  shopper,
  stranger,
  support,
  tick,
} from '../testing/paying.ts'
import { minute, sampleId, usd } from '../testing/samples.ts'
import type { Shop } from '../testing/shop.ts'
import { test } from '../testing/test.ts'
import { ExecuteRefunds } from './execute-refunds.job.ts'

const pathOf = (id: string) => `${payments}/${id}/refunds`
const refund = (api: Api, id: string, body: object, key = 'r-1', caller = cashier) =>
  api.as(caller).post(pathOf(id), { reason: 'came broken', ...body }, { 'idempotency-key': key })

const reject = (events: Events, shop: Shop, paymentId: string) =>
  events.deliver(CartPaymentRejected, {
    subject: shop.cartId,
    data: { cartId: shop.cartId, userId: shopper.id, paymentId, total: shop.total },
  })

const types = async (events: Events) => (await events.emitted()).map(({ type }) => type)

test.fresh('money that cart cannot honour goes back by itself', async ({ api, shop, bank, deps, events }) => {
  const id = await captured(api, shop, bank)
  await reject(events, shop, id)
  expect((await api.as(shopper).get(pathOf(id))).json).toEqual({
    items: [
      {
        id: expect.any(String),
        paymentId: id,
        amount: usd(7_800),
        status: 'pending',
        reason: 'cart_rejected',
        createdAt: expect.any(String),
      },
    ],
    nextCursor: null,
  })

  await tick(new ExecuteRefunds(deps), deps)
  const [made] = (await api.as(shopper).get(pathOf(id))).json.items
  expect(made.status).toBe('succeeded')
  expect(bank.refunds).toMatchObject([{ pageId: bank.page(id).id, amount: usd(7_800) }])
  expect(await look(api, id)).toMatchObject({ status: 'refunded' })
  expect(await balances(deps)).toEqual({})
  expect((await events.emitted()).at(-1)).toEqual({
    type: 'acquiring.refund.succeeded.v1',
    subject: made.id,
    version: undefined,
    data: { refundId: made.id, paymentId: id, cartId: shop.cartId, userId: shopper.id, amount: usd(7_800) },
  })
  expect((await history(deps, id)).at(-1)).toBe('refunded: refund')

  await reject(events, shop, id) // cart says it once more
  await tick(new ExecuteRefunds(deps), deps)
  expect(bank.refunds).toHaveLength(1)
})

test('a rejection gives back only what has not gone back', async ({ api, shop, bank, events }) => {
  const id = await captured(api, shop, bank)
  await refund(api, id, { amount: usd(800) })
  await reject(events, shop, id)
  await reject(events, shop, id)
  const { items } = (await api.as(shopper).get(pathOf(id))).json
  expect(items.map(({ amount }: { amount: object }) => amount)).toEqual([usd(800), usd(7_000)])
})

test('a rejection of a payment that is not ours, or has no money, is no reason to fail', async ({
  api,
  shop,
  events,
}) => {
  const { json } = await pay(api, shop)
  await reject(events, shop, json.id)
  await reject(events, shop, sampleId(9))
  expect((await api.as(shopper).get(pathOf(json.id))).json.items).toEqual([])
})

test('a refund whose answer is lost is asked for again, and made once', async ({
  api,
  shop,
  bank,
  deps,
  clock,
  events,
}) => {
  const id = await captured(api, shop, bank)
  await refund(api, id, {})
  bank.losesAnswers = true
  await tick(new ExecuteRefunds(deps), deps)
  expect(bank.refunds).toHaveLength(1)
  expect(await look(api, id)).toMatchObject({ status: 'captured' })

  bank.losesAnswers = false
  await tick(new ExecuteRefunds(deps), deps) // not at once again
  expect(await look(api, id)).toMatchObject({ status: 'captured' })
  clock.advance(5_000)
  await tick(new ExecuteRefunds(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'refunded' })
  expect(bank.refunds).toHaveLength(1)
  expect((await types(events)).filter((type) => type.includes('refund'))).toEqual(['acquiring.refund.succeeded.v1'])
})

test('a refund whose answer is lost, then a chargeback of the rest: the ledger has what moved', async ({
  api,
  shop,
  bank,
  deps,
  clock,
}) => {
  const id = await captured(api, shop, bank)
  await refund(api, id, { amount: usd(2_000) })
  bank.losesAnswers = true
  await tick(new ExecuteRefunds(deps), deps)
  bank.losesAnswers = false
  await bank.tells(api, bank.becomes(id, 'charged_back'))
  expect((await balances(deps))['provider:sandbox-bank USD']).toBe(2_000)
  clock.advance(5_000)
  await tick(new ExecuteRefunds(deps), deps)
  expect(await balances(deps)).toEqual({ 'chargebacks USD': 5_800, 'customers USD': -5_800 })
  expect(await look(api, id)).toMatchObject({ status: 'charged_back' })
})

test.fresh('two workers at one refund book it once', async ({ api, shop, bank, deps, clock, events, logs }) => {
  const id = await captured(api, shop, bank)
  await refund(api, id, {})
  const slow = deps.providers.current.refund.bind(deps.providers.current)
  deps.providers.current.refund = async (asked) => {
    const made = await slow(asked)
    if (clock.now().getTime() - Date.now() < 1_000) {
      clock.advance(60_000) // the first is taken for dead
      await tick(new ExecuteRefunds(deps), deps)
    }
    return made
  }
  await tick(new ExecuteRefunds(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'refunded' })
  expect(await balances(deps)).toEqual({})
  expect((await types(events)).filter((type) => type.includes('refund'))).toHaveLength(1)
  expect(logs.text).not.toContain('could not be made')
})

test('one that the bank refuses fails loudly, and its money can be asked for again', async ({
  api,
  shop,
  bank,
  deps,
  events,
  logs,
}) => {
  const id = await captured(api, shop, bank)
  await refund(api, id, {})
  bank.refusals.set('POST /v1/refunds', { status: 409, problem: { code: 'REFUND_EXCEEDS_CHARGE' } })
  await tick(new ExecuteRefunds(deps), deps)
  expect((await api.as(shopper).get(pathOf(id))).json.items).toMatchObject([{ status: 'failed' }])
  expect(await look(api, id)).toMatchObject({ status: 'captured' })
  expect((await types(events)).at(-1)).toBe('acquiring.refund.failed.v1')
  expect(logs.lines.some((line) => line['log.level'] === 'error')).toBe(true)
  expect((await refund(api, id, {}, 'r-2')).status).toBe(201)
})

test('a mismatched payment ends when its money has gone back', async ({ api, shop, bank, deps, events }) => {
  const { json } = await pay(api, shop)
  await bank.tells(api, bank.becomes(json.id, 'paid', { amount: usd(1) }))
  await tick(new ExecuteRefunds(deps), deps)
  expect(bank.refunds).toMatchObject([{ amount: usd(1) }])
  expect(await look(api, json.id)).toMatchObject({ status: 'failed', failureCode: 'amount_mismatch' })
  expect(await types(events)).toEqual(['acquiring.payment.failed.v1', 'acquiring.refund.succeeded.v1'])
  expect(await balances(deps)).toEqual({})
})

test('wrong money that the bank does not take back at first: somebody is woken, and it goes back later', async ({
  api,
  shop,
  bank,
  deps,
  clock,
  events,
  logs,
}) => {
  const { json } = await pay(api, shop)
  await bank.tells(api, bank.becomes(json.id, 'paid', { amount: usd(1) }))
  bank.refusals.set('POST /v1/refunds', { status: 409, problem: { code: 'REFUND_EXCEEDS_CHARGE' } })
  const waking = () => logs.lines.filter(({ message }) => String(message).includes('somebody has to look at it'))
  for (const waited of [0, 10 * minute, 20 * minute, 40 * minute]) {
    clock.advance(waited - 1_000)
    const before = waking().length
    await tick(new ExecuteRefunds(deps), deps)
    expect(waking()).toHaveLength(before) // not yet
    clock.advance(1_000)
    await tick(new ExecuteRefunds(deps), deps)
    expect(waking()).toHaveLength(before + 1)
  }
  expect(await look(api, json.id)).toMatchObject({ status: 'unknown' })

  bank.refusals.clear()
  clock.advance(24 * 60 * minute)
  await tick(new ExecuteRefunds(deps), deps)
  expect(bank.refunds).toMatchObject([{ amount: usd(1) }])
  expect(await look(api, json.id)).toMatchObject({ status: 'failed', failureCode: 'amount_mismatch' })
  expect((await types(events)).filter((type) => type.includes('payment'))).toEqual(['acquiring.payment.failed.v1'])
  expect(await balances(deps)).toEqual({})
})

test('wrong money that the payer’s bank has taken back is not given back again', async ({
  api,
  shop,
  bank,
  deps,
  clock,
}) => {
  const { json } = await pay(api, shop)
  await bank.tells(api, bank.becomes(json.id, 'paid', { amount: usd(1) }))
  await bank.tells(api, bank.becomes(json.id, 'charged_back'))
  await tick(new ExecuteRefunds(deps), deps)
  clock.advance(24 * 60 * minute)
  await tick(new ExecuteRefunds(deps), deps)
  expect((await api.as(shopper).get(pathOf(json.id))).json.items).toMatchObject([{ status: 'failed' }])
})

test('a part, another part, and not more than there is', async ({ api, shop, bank, deps }) => {
  const id = await captured(api, shop, bank)
  const first = await refund(api, id, { amount: usd(7_000) })
  expect(first).toMatchObject({
    status: 201,
    json: { id: expect.any(String), paymentId: id, amount: usd(7_000), status: 'pending', reason: 'came broken' },
  })
  expect(await refund(api, id, { amount: usd(801) }, 'r-2')).toMatchObject(
    problem(409, 'REFUND_EXCEEDS_CAPTURED', pathOf(id), { refundable: usd(800) }),
  )
  expect((await refund(api, id, {}, 'r-3')).json.amount).toEqual(usd(800))
  await tick(new ExecuteRefunds(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'refunded' })
  expect(await history(deps, id)).toEqual([
    'created: checkout',
    'requires_action: checkout',
    'captured: webhook',
    'partially_refunded: refund',
    'refunded: refund',
  ])
})

test.fresh('refunds that race never give back more than was captured', async ({ api, shop, bank }) => {
  const id = await captured(api, shop, bank)
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => refund(api, id, { amount: usd(2_000) }, `r-${index}`)),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(3)
  expect(statuses.filter((status) => status === 409)).toHaveLength(7)
})

test.fresh('one key gives money back once', async ({ api, shop, bank }) => {
  const id = await captured(api, shop, bank)
  const answers = await Promise.all(Array.from({ length: 10 }, () => refund(api, id, { amount: usd(1_000) })))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect((await api.as(shopper).get(pathOf(id))).json.items).toHaveLength(1)
  expect(await refund(api, id, { amount: usd(1_001) })).toMatchObject({ status: 422 })
})

test('who may', async ({ api, shop, bank }) => {
  const id = await captured(api, shop, bank)
  expect(await refund(api, id, {}, 'r-1', shopper)).toMatchObject({ status: 403, json: { code: 'PERMISSION_MISSING' } })
  expect((await api.as(support).get(pathOf(id))).status).toBe(200)
  expect(await api.as(stranger).get(pathOf(id))).toMatchObject(problem(404, 'PAYMENT_NOT_FOUND', pathOf(id)))
  expect(await refund(api, sampleId(9), {})).toMatchObject(problem(404, 'PAYMENT_NOT_FOUND', pathOf(sampleId(9))))
  expect((await refund(api, id, { amount: { amount: 1, currency: 'EUR' } }, 'r-2')).json.code).toBe('CURRENCY_MISMATCH')
  for (const body of [{ amount: usd(0) }, { amount: usd(-1) }, { reason: ' ' }, { amount: 5 }])
    expect((await refund(api, id, body, 'r-3')).status, JSON.stringify(body)).toBe(400)
})
