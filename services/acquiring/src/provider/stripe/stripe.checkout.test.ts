import { afterAll, beforeEach, expect, vi } from 'vitest'
import Stripe from 'stripe'
import { ExecuteRefunds } from '../../refund/execute-refunds.job.ts'
import { balances, cashier, history, look, pay, payments, tick } from '../../testing/paying.ts'
import { usd } from '../../testing/samples.ts'
import { withNeighbours } from '../../testing/test.ts'
import { secretKey, StripeDouble } from './testing/stripe-double.ts'

const double = new StripeDouble()
const url = await double.listen()
afterAll(() => double.close())
beforeEach(() => double.forget())

const webhookSecret = 'whsec_test'
const test = withNeighbours({
  ...{ PAYMENT_PROVIDER: 'stripe', STRIPE_API_URL: url },
  ...{ STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret },
})

const signed = (event: object, now: Date) => {
  const payload = JSON.stringify(event)
  const timestamp = Math.floor(now.getTime() / 1_000)
  const { webhooks } = new Stripe(secretKey)
  const signature = webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp })
  return [payload, { 'content-type': 'application/json', 'stripe-signature': signature }] as const
}

test.fresh(
  'a whole checkout by Stripe: page, webhook, capture, refund that takes its time, dispute',
  async ({ api, shop, deps, clock, network, events }) => {
    network.allow(url)
    const { status, json } = await pay(api, shop)
    expect({ status, state: json.status }).toEqual({ status: 201, state: 'requires_action' })
    expect(json.nextAction.url).toMatch(/^https:\/\/checkout\.stripe\.com\//)

    const told = async (type: string) => {
      const [body, headers] = signed(double.event(type, json.id), clock.now())
      return api.anonymous.post('/acquiring/webhooks/stripe', body, headers)
    }
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
