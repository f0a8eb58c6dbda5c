import { problem, type Api, type TestClock } from '@slipway/testing'
import { afterAll, beforeEach, expect, vi } from 'vitest'
import Stripe from 'stripe'
import { ExecuteRefunds } from '../../refund/execute-refunds.job.ts'
import { SettlePayments } from '../../payment/settle-payments.job.ts'
import { balances, capturing, cashier, history, look, pay, payments, shopper, tick } from '../../testing/paying.ts'
import { minute, usd } from '../../testing/samples.ts'
import { withNeighbours } from '../../testing/test.ts'
import { secretKey, StripeDouble } from './testing/stripe-double.ts'

const double = new StripeDouble()
const url = await double.listen()
afterAll(() => double.close())
beforeEach(() => double.forget())

const webhookSecret = 'whsec_test'
const settings = {
  ...{ PAYMENT_PROVIDER: 'stripe', STRIPE_API_URL: url },
  ...{ STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret },
}
const test = withNeighbours(settings)
const manual = withNeighbours({ ...settings, PAYMENT_CAPTURE: 'manual' })

const signed = (event: object, now: Date) => {
  const payload = JSON.stringify(event)
  const timestamp = Math.floor(now.getTime() / 1_000)
  const { webhooks } = new Stripe(secretKey)
  const signature = webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp })
  return [payload, { 'content-type': 'application/json', 'stripe-signature': signature }] as const
}

const tells = (api: Api, clock: TestClock, type: string, id: string) =>
  api.anonymous.post('/acquiring/webhooks/stripe', ...signed(double.event(type, id), clock.now()))

test.fresh(
  'a whole checkout by Stripe: page, webhook, capture, refund that takes its time, dispute',
  async ({ api, shop, deps, clock, network, events }) => {
    network.allow(url)
    const { status, json } = await pay(api, shop)
    expect({ status, state: json.status }).toEqual({ status: 201, state: 'requires_action' })
    expect(json.nextAction.url).toMatch(/^https:\/\/checkout\.stripe\.com\//)

    const told = (type: string) => tells(api, clock, type, json.id)
    double.decline(json.id) // the payer may try another card
    expect((await told('payment_intent.payment_failed')).status).toBe(200)
    double.pay(json.id)
    expect((await told('payment_intent.succeeded')).status).toBe(200)
    await vi.waitFor(async () => expect(await look(api, json.id)).toMatchObject({ status: 'captured' }), 30_000)
    expect((await history(deps, json.id)).at(-1)).toBe('captured: webhook')

    double.slowRefunds = true
    const asked = { reason: 'came broken', amount: usd(800) }
    await api.as(cashier).post(`${payments}/${json.id}/refunds`, asked, { 'idempotency-key': 'r-1' })
    await tick(new ExecuteRefunds(deps), deps)
    expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
    double.refunds[0]!.status = 'succeeded'
    clock.advance(5_000)
    await tick(new ExecuteRefunds(deps), deps)
    expect(await look(api, json.id)).toMatchObject({ status: 'partially_refunded', refunded: usd(800) })
    expect(double.refunds).toHaveLength(1)

    double.dispute(json.id)
    expect((await told('charge.dispute.created')).status).toBe(200)
    await vi.waitFor(async () => expect(await look(api, json.id)).toMatchObject({ status: 'charged_back' }), 30_000)
    expect(await balances(deps)).toEqual({ 'chargebacks USD': 7_000, 'customers USD': -7_000 })
    expect((await events.emitted()).map(({ type }) => type)).toEqual([
      'acquiring.payment.captured.v1',
      'acquiring.refund.succeeded.v1',
      'acquiring.payment.charged-back.v1',
    ])
  },
)

test.fresh.for([
  ['checkout.session.async_payment_succeeded', undefined, { status: 'captured' }],
  [
    'checkout.session.async_payment_failed',
    'insufficient_funds',
    { status: 'failed', failureCode: 'insufficient_funds' },
  ],
] as const)(
  'money that is on its way outlasts the payment’s time, and ends it either way: %s',
  async ([type, code, outcome], { api, shop, deps, clock, network, events }) => {
    network.allow(url)
    const { json } = await pay(api, shop)
    double.payLater(json.id)
    expect((await tells(api, clock, 'checkout.session.completed', json.id)).status).toBe(200)
    clock.advance(31 * minute)
    await tick(new SettlePayments(deps), deps)
    expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })

    double.settleLater(json.id, code)
    expect((await tells(api, clock, type, json.id)).status).toBe(200)
    await vi.waitFor(async () => expect(await look(api, json.id)).toMatchObject(outcome), 30_000)
    expect((await events.emitted()).map(({ type }) => type)).toEqual([`acquiring.payment.${outcome.status}.v1`])
  },
)

test.fresh(
  'a payment that Stripe failed to open, and says so again, can be canceled',
  async ({ api, shop, network, events }) => {
    network.allow(url)
    double.trouble = { status: 500 }
    await pay(api, shop)
    const path = `${payments}/${shop.lockedTo!}/cancel`
    expect(await api.as(shopper).post(path)).toMatchObject(problem(503, 'PAYMENT_OUTCOME_UNKNOWN', path))
    double.trouble = undefined
    expect(await api.as(shopper).post(path)).toMatchObject({ status: 200, json: { status: 'canceled' } })
    expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.canceled.v1'])
  },
)

manual.fresh('money that was taken behind a failed capture is seen', async ({ api, shop, clock, deps, network }) => {
  network.allow(url)
  const { json } = await pay(api, shop)
  double.pay(json.id)
  await tells(api, clock, 'payment_intent.amount_capturable_updated', json.id)
  await vi.waitFor(async () => expect(await look(api, json.id)).toMatchObject({ status: 'authorized' }), 30_000)

  double.trouble = { status: 500, act: true, only: 'POST' }
  const path = `${payments}/${json.id}/capture`
  const { status } = await api.as(capturing).post(path, { amount: usd(5_000) })
  expect({ status, taken: double.session(json.id).intent!.received }).toEqual({ status: 503, taken: 5_000 })
  await tells(api, clock, 'payment_intent.succeeded', json.id)
  await vi.waitFor(async () => expect(await look(api, json.id)).toMatchObject({ status: 'captured' }), 30_000)
  expect(await balances(deps)).toEqual({ 'provider:stripe USD': 5_000, 'customers USD': -5_000 })
})
