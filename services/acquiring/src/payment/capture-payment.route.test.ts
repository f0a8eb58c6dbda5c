import { problem, user, type Api } from '@slipway/testing'
import { expect } from 'vitest'
import { authorized, balances, history, look, pay, payments, shopper, tick } from '../testing/paying.ts'
import { minute, sampleId, usd } from '../testing/samples.ts'
import { withNeighbours } from '../testing/test.ts'
import { SettlePayments } from './settle-payments.job.ts'

const test = withNeighbours({ PAYMENT_CAPTURE: 'manual', AUTHORIZATION_TTL_HOURS: '24' })
const hour = 60 * minute

const clerk = user({ permissions: ['payments:capture'] })
const pathOf = (id: string) => `${payments}/${id}/capture`
const capture = (api: Api, id: string, amount?: number, caller = clerk) =>
  api.as(caller).post(pathOf(id), amount === undefined ? {} : { amount: { amount, currency: 'USD' } })

test('one that is authorised while the janitor is at others of its batch does not expire', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const ids: string[] = []
  for (let each = 0; each < 6; each++) {
    shop.lockedTo = undefined
    ids.push((await pay(api, shop, `key-${each}`, { cartId: sampleId(110 + each) })).json.id)
    clock.advance(1_000)
  }
  const last = ids.at(-1)!
  clock.advance(30 * minute)
  const provider = deps.providers.current
  const cancel = provider.cancel.bind(provider)
  provider.cancel = async (payment) => {
    provider.cancel = cancel
    await bank.tells(api, bank.becomes(last, 'authorized'))
    return cancel(payment)
  }
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, ids[0]!)).toMatchObject({ status: 'expired' })
  expect(await look(api, last)).toMatchObject({ status: 'authorized' })
  expect(bank.page(last).status).toBe('authorized')
})

test('the payer authorises, the shop takes the money: booked and announced once', async ({
  api,
  bank,
  shop,
  deps,
  events,
}) => {
  const id = await authorized(api, shop, bank)
  expect(await look(api, id)).toMatchObject({ status: 'authorized' })
  expect(await events.emitted()).toEqual([])
  const taken = { status: 200, json: { id, status: 'captured', amount: usd(7_800), captured: usd(7_800) } }
  expect(await capture(api, id)).toMatchObject(taken)
  expect(await capture(api, id)).toMatchObject(taken)
  expect(await capture(api, id, 7_800)).toMatchObject(taken)
  expect(bank.calls.filter((call) => call.endsWith('/capture'))).toHaveLength(1)
  expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.captured.v1'])
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
  expect(await history(deps, id)).toEqual([
    'created: checkout',
    'requires_action: checkout',
    'authorized: webhook',
    'captured: capture',
  ])
})

test('a part of it may be taken, once', async ({ api, bank, shop, deps, events }) => {
  const id = await authorized(api, shop, bank)
  expect(await capture(api, id, 5_000)).toMatchObject({ status: 200, json: { captured: usd(5_000) } })
  expect(await capture(api, id, 2_800)).toMatchObject(
    problem(409, 'PAYMENT_NOT_CAPTURABLE', pathOf(id), { paymentStatus: 'captured' }),
  )
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 5_000, 'customers USD': -5_000 })
  expect((await events.emitted())[0]?.data).toMatchObject({ amount: usd(7_800), captured: usd(5_000) })
})

test.fresh('ten captures at once take the money once', async ({ api, bank, shop, deps }) => {
  const id = await authorized(api, shop, bank)
  const amounts = [5_000, 5_000, 5_000, 6_000, 6_000, 7_800, undefined, undefined, 1, 2]
  const answers = await Promise.all(amounts.map((amount) => capture(api, id, amount)))
  const taken = answers.filter(({ status }) => status === 200).map(({ json }) => json.captured.amount)
  expect(new Set(taken).size).toBe(1)
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': taken[0], 'customers USD': -taken[0] })
})

test.fresh('capture and cancel at once: one of them happens', async ({ api, bank, shop, events }) => {
  const id = await authorized(api, shop, bank)
  await Promise.all([capture(api, id), api.as(shopper).post(`${payments}/${id}/cancel`), capture(api, id)])
  const { status } = await look(api, id)
  expect(['captured', 'canceled']).toContain(status)
  expect((await events.emitted()).map(({ type }) => type)).toEqual([`acquiring.payment.${status}.v1`])
  expect(bank.page(id).status).toBe(status === 'captured' ? 'paid' : 'canceled')
})

test('an answer that is lost: it is gone through with by and by', async ({ api, bank, shop, deps, clock }) => {
  const id = await authorized(api, shop, bank)
  bank.losesAnswers = true
  expect(await capture(api, id, 5_000)).toMatchObject({ status: 503, json: { code: 'PAYMENT_OUTCOME_UNKNOWN' } })
  bank.losesAnswers = false
  expect(await look(api, id)).toMatchObject({ status: 'authorized' })
  clock.advance(5_000)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'captured', captured: usd(5_000) })
})

test('what the bank refuses is said, and may be asked for anew', async ({ api, bank, shop }) => {
  const id = await authorized(api, shop, bank)
  const call = `POST /v1/pages/${bank.page(id).id}/capture`
  bank.refusals.set(call, { status: 409, problem: { code: 'PAGE_NOT_AUTHORIZED', detail: 'No' } })
  expect(await capture(api, id)).toMatchObject(
    problem(409, 'CAPTURE_REFUSED', pathOf(id), { reason: 'PAGE_NOT_AUTHORIZED' }),
  )
  bank.refusals.clear()
  expect(await capture(api, id, 5_000)).toMatchObject({ status: 200, json: { captured: usd(5_000) } })
})

test('what is not captured in time is voided, and its cart is free', async ({
  api,
  bank,
  shop,
  deps,
  clock,
  events,
}) => {
  const id = await authorized(api, shop, bank)
  clock.advance(24 * hour)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'authorized' })
  clock.advance(30 * minute)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'expired' })
  expect(bank.page(id).status).toBe('canceled')
  expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.expired.v1'])
})

test('the shop may void what it cannot deliver; others may not', async ({ api, bank, shop }) => {
  const id = await authorized(api, shop, bank)
  expect((await api.as(user()).post(`${payments}/${id}/cancel`)).status).toBe(404)
  expect(await api.as(clerk).post(`${payments}/${id}/cancel`)).toMatchObject({ json: { status: 'canceled' } })
})

test('bad requests', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  expect(await capture(api, json.id)).toMatchObject(
    problem(409, 'PAYMENT_NOT_CAPTURABLE', pathOf(json.id), { paymentStatus: 'requires_action' }),
  )
  await bank.tells(api, bank.becomes(json.id, 'authorized'))
  expect(await capture(api, json.id, 7_801)).toMatchObject({
    status: 409,
    json: { code: 'CAPTURE_EXCEEDS_AUTHORIZED', authorized: usd(7_800) },
  })
  const inEuro = await api.as(clerk).post(pathOf(json.id), { amount: { amount: 1, currency: 'EUR' } })
  expect(inEuro).toMatchObject({ status: 409, json: { code: 'CURRENCY_MISMATCH' } })
  for (const amount of [0, -1, 1.5, 2 ** 53]) expect((await capture(api, json.id, amount)).status).toBe(400)
  expect((await capture(api, sampleId(999))).status).toBe(404)
  expect((await capture(api, json.id, undefined, shopper)).status).toBe(403)
})
