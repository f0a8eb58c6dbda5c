import { expect } from 'vitest'
import { balances, history, look, pay, tick } from '../testing/paying.ts'
import { minute, sampleId } from '../testing/samples.ts'
import { test, withNeighbours } from '../testing/test.ts'
import { SettlePayments } from './settle-payments.job.ts'

const second = 1_000
const hasty = withNeighbours({ S2S_TIMEOUT_MS: '300', SANDBOX_BANK_URL: 'http://slow-bank.test/sandbox-bank' })

test('a lost webhook: the paid payment is captured all the same', async ({ api, bank, shop, deps, clock, events }) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'paid')
  clock.advance(5 * second)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  expect(await history(deps, json.id)).toEqual(['created: checkout', 'requires_action: checkout', 'captured: check'])

  await bank.tells(api, webhook) // it was only late
  expect(await events.emitted()).toHaveLength(1)
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
})

test('right after a start everything open is asked about, however long it would have waited', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const { json } = await pay(api, shop)
  const running = new SettlePayments(deps)
  for (let ticks = 0; ticks < 20; ticks++) {
    clock.advance(5 * second)
    await tick(running, deps)
  }
  bank.becomes(json.id, 'paid')
  clock.advance(second)
  await tick(running, deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
})

test('the bank is asked less and less often', async ({ api, bank, shop, deps, clock }) => {
  const job = new SettlePayments(deps)
  await tick(job, deps)
  await pay(api, shop)
  bank.calls.length = 0
  const asked: number[] = []
  for (let seconds = 1; seconds <= 200; seconds++) {
    clock.advance(second)
    const before = bank.calls.length
    await tick(job, deps)
    if (bank.calls.length > before) asked.push(seconds)
  }
  expect(asked).toEqual([5, 15, 35, 75, 135, 195])
})

hasty('a bank that is too slow leaves the payment unknown, never failed', async ({ api, shop, deps, neighbours }) => {
  neighbours.dispatcher
    .get('http://slow-bank.test')
    .intercept({ path: () => true, method: 'POST' })
    .reply(201, {})
    .delay(5_000)
    .persist()
  const answer = await pay(api, shop)
  expect(answer).toMatchObject({ status: 504, json: { code: 'PAYMENT_OUTCOME_UNKNOWN', paymentId: shop.lockedTo } })
  expect(await look(api, shop.lockedTo!)).toMatchObject({ status: 'unknown' })
  expect(await history(deps, shop.lockedTo!)).toEqual(['created: checkout', 'unknown: checkout'])
})

test('an unknown payment is settled by asking: it was paid', async ({ api, bank, shop, deps, clock, events }) => {
  bank.losesAnswers = true
  await pay(api, shop)
  const paymentId = shop.lockedTo!
  bank.becomes(paymentId, 'paid')
  clock.advance(5 * second)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, paymentId)).toMatchObject({ status: 'unknown' }) // the bank still says nothing

  bank.losesAnswers = false
  clock.advance(10 * second)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, paymentId)).toMatchObject({ status: 'captured' })
  expect(await events.emitted()).toMatchObject([{ type: 'acquiring.payment.captured.v1' }])
  expect(bank.pages).toHaveLength(1)
})

test('an unknown payment that the bank never heard of gets its page', async ({ api, bank, shop, deps, clock }) => {
  bank.isDown = true
  await pay(api, shop)
  bank.isDown = false
  clock.advance(5 * second)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, shop.lockedTo!)).toMatchObject({
    status: 'requires_action',
    nextAction: { type: 'redirect', url: bank.page(shop.lockedTo!).url },
  })
})

test('a payment that is not paid in time is canceled at the bank, then expires', async ({
  api,
  bank,
  shop,
  deps,
  clock,
  events,
}) => {
  const { json } = await pay(api, shop)
  clock.advance(30 * minute - second)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
  clock.advance(second)
  await tick(new SettlePayments(deps), deps)
  expect(bank.page(json.id).status).toBe('canceled')
  expect(await look(api, json.id)).toMatchObject({ status: 'expired' })
  expect(await events.emitted()).toMatchObject([{ type: 'acquiring.payment.expired.v1', subject: json.id }])
})

test('one that was paid in the last moment does not expire', async ({ api, bank, shop, deps, clock, events }) => {
  const { json } = await pay(api, shop)
  clock.advance(30 * minute)
  bank.during = (call) => {
    if (call.endsWith('/cancel')) bank.becomes(json.id, 'paid')
  }
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  expect(await events.emitted()).toMatchObject([{ type: 'acquiring.payment.captured.v1' }])
})

test.fresh('expiry and webhook at once: one of them wins, wholly', async ({ api, bank, shop, deps, clock, events }) => {
  const { json } = await pay(api, shop)
  clock.advance(30 * minute)
  const webhook = bank.becomes(json.id, 'paid')
  await Promise.all([
    tick(new SettlePayments(deps), deps),
    bank.tells(api, webhook),
    tick(new SettlePayments(deps), deps),
  ])
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.captured.v1'])
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
})

test.fresh(
  'what one janitor has in hand, another one neither takes nor waits for',
  async ({ api, shop, deps, clock }) => {
    const { json } = await pay(api, shop)
    clock.advance(5 * second)
    const taken = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    const first = deps.transaction(async (tx) => {
      const due = await tx.payments.takeDue(10)
      taken.resolve()
      await done.promise
      return due
    })
    await taken.promise
    expect(await deps.transaction((tx) => tx.payments.takeDue(10))).toEqual([])
    done.resolve()
    expect(await first).toMatchObject([{ id: json.id }])
    expect(await deps.transaction((tx) => tx.payments.takeDue(10))).toEqual([])
  },
)

test('money that comes for an expired payment is booked and given back', async ({
  api,
  bank,
  shop,
  deps,
  clock,
  events,
}) => {
  const { json } = await pay(api, shop)
  clock.advance(30 * minute)
  await tick(new SettlePayments(deps), deps)
  await bank.tells(api, bank.becomes(json.id, 'paid'))
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.expired.v1'])
  const { rows } = await deps.database.sql.query('SELECT reason, status, amount FROM refunds')
  expect(rows).toEqual([{ reason: 'late_capture', status: 'pending', amount: '7800' }])
})

test('one payment that cannot be settled does not hold up the others', async ({
  api,
  bank,
  shop,
  deps,
  clock,
  logs,
}) => {
  const first = await pay(api, shop, 'key-1')
  bank.refusals.set(`GET /v1/pages/${bank.page(first.json.id).id}`, { status: 500 })
  shop.lockedTo = undefined
  const second = await pay(api, shop, 'key-2', { cartId: sampleId(101) })
  expect(second.status).toBe(201)
  bank.becomes(second.json.id, 'paid')
  clock.advance(5_000)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, second.json.id)).toMatchObject({ status: 'captured' })
  expect(await look(api, first.json.id)).toMatchObject({ status: 'requires_action' })
  expect(logs.text).toContain('a payment could not be settled yet')
})
