import { signWebhook, webhookSignatureHeader } from '@slipway/contracts/sandbox-bank'
import Stripe from 'stripe'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { created, sampleId, usd } from '../testing/samples.ts'
import { withNeighbours } from '../testing/test.ts'
import { ProviderRefused, ProviderUnclear, SignatureRefused, WebhookUnreadable } from './errors.ts'
import type { PaymentProvider, PaymentToFind, ReceivedWebhook, SettlementLine } from './payment-provider.ts'
import { secretKey, StripeDouble } from './stripe/testing/stripe-double.ts'

// The same suite for every provider: what it promises is in payment-provider.ts.

type Trouble = 'timeout' | 'broken' | 'nonsense' | 401 | 429 | 500 | 503

/** What the suite needs of a provider's double, besides the provider. */
interface Stage {
  readonly provider: PaymentProvider
  pays(reference: string): void
  authorizes(reference: string): void
  disputes(reference: string): void
  /** A webhook about the payment, from `secret`. */
  webhook(reference: string, options?: { secret?: string; ageSeconds?: number; body?: string }): ReceivedWebhook
  trouble(kind: Trouble | undefined): void
  /** Takes place of the clock of the double. */
  readonly period: { from: Date; to: Date }
  readonly fee: number
}

const secrets = { now: 'webhook-secret', old: 'webhook-secret-before' }
const double = new StripeDouble()
const stripeUrl = await double.listen()
afterAll(() => double.close())
beforeEach(() => double.forget())

const impatient = { S2S_TIMEOUT_MS: '1500', S2S_RETRIES: '0' }
const sandboxBank = withNeighbours({ ...impatient, SANDBOX_BANK_WEBHOOK_SECRET_OLD: secrets.old }).extend<{
  stage: Stage
}>({
  stage: async ({ deps, bank, clock }, use) =>
    use({
      provider: deps.providers.current,
      pays: (reference) => void bank.becomes(reference, 'paid'),
      authorizes: (reference) => void bank.becomes(reference, 'authorized'),
      disputes: (reference) => void bank.becomes(reference, 'charged_back'),
      webhook(reference, { secret = secrets.now, ageSeconds = 0, body } = {}) {
        const now = clock.now()
        const text = body ?? JSON.stringify(bank.becomes(reference, 'paid'))
        const time = Math.floor(now.getTime() / 1_000) - ageSeconds
        return { headers: { [webhookSignatureHeader]: signWebhook(secret, time, text) }, body: text, now }
      },
      trouble(kind) {
        bank.refusals.clear()
        if (kind === undefined) return
        const status = typeof kind === 'number' ? kind : kind === 'nonsense' ? 200 : 504
        const answer = kind === 'nonsense' ? { status: 201, json: { id: 'x' }, offContract: true } : { status }
        for (const call of ['GET', 'POST']) bank.refusals.set(call, { ...answer, offContract: true })
      },
      period: { from: new Date(clock.now().getTime() - 1_000), to: new Date(clock.now().getTime() + 1_000) },
      fee: 109,
    }),
})

const stripe = withNeighbours({
  ...impatient,
  PAYMENT_PROVIDER: 'stripe',
  STRIPE_API_URL: stripeUrl,
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_WEBHOOK_SECRET: secrets.now,
  STRIPE_WEBHOOK_SECRET_OLD: secrets.old,
}).extend<{ stage: Stage }>({
  stage: async ({ deps, network, clock }, use) => {
    network.allow(stripeUrl)
    await use({
      provider: deps.providers.current,
      pays: (reference) => double.pay(reference),
      authorizes: (reference) => double.pay(reference),
      disputes: (reference) => double.dispute(reference),
      webhook(reference, { secret = secrets.now, ageSeconds = 0, body } = {}) {
        const now = clock.now()
        const payload = body ?? JSON.stringify(double.event('payment_intent.succeeded', reference))
        const timestamp = Math.floor(now.getTime() / 1_000) - ageSeconds
        const signature = new Stripe(secretKey).webhooks.generateTestHeaderString({ payload, secret, timestamp })
        return { headers: { 'stripe-signature': signature }, body: payload, now }
      },
      trouble(kind) {
        double.trouble =
          kind === undefined
            ? undefined
            : kind === 'timeout'
              ? { silent: true, act: true }
              : kind === 'nonsense'
                ? { body: '<html>' }
                : { status: kind === 'broken' ? 500 : kind }
      },
      period: { from: new Date((double.now - 1) * 1_000), to: new Date((double.now + 1) * 1_000) },
      fee: 256,
    })
  },
})

const toFind = (more: Partial<PaymentToFind> = {}): PaymentToFind => ({ ...created, ...more })
const manual = { ...created, captureMode: 'manual' as const }

describe.for([
  ['sandbox-bank', sandboxBank],
  ['stripe', stripe],
] as const)('%s', ([name, test]) => {
  test('it is the one that was chosen', ({ stage }) => {
    expect(stage.provider.name).toBe(name)
  })

  test('a payment is opened once, however often it is asked for', async ({ stage: { provider } }) => {
    const opened = await provider.open(created)
    expect(opened).toMatchObject({ reference: created.id, status: 'open', amount: usd(7_800) })
    expect(URL.canParse(opened.url!)).toBe(true)
    expect(await provider.open(created)).toEqual(opened)
    expect(await provider.find(toFind({ providerId: opened.id }))).toEqual(opened)
    expect(await provider.find(toFind())).toEqual(opened)
  })

  test('what it has never heard of is unknown, or open and nobody knows its page', async ({ stage: { provider } }) => {
    expect([undefined, 'open']).toContain((await provider.find(toFind()))?.status)
    expect([undefined, 'canceled']).toContain((await provider.cancel(toFind()))?.status)
  })

  test('what was paid is paid, also for who tries to cancel it', async ({ stage: { provider, pays } }) => {
    const { id: providerId } = await provider.open(created)
    pays(created.id)
    const paid = { id: providerId, status: 'paid', captured: usd(7_800) }
    expect(await provider.find(toFind({ providerId }))).toMatchObject(paid)
    expect(await provider.find(toFind())).toMatchObject(paid)
    expect(await provider.cancel(toFind({ providerId }))).toMatchObject(paid)
    expect(await provider.open(created)).toMatchObject(paid)
  })

  test('what was canceled cannot be paid', async ({ stage: { provider } }) => {
    const { id: providerId } = await provider.open(created)
    expect(await provider.cancel(toFind({ providerId }))).toMatchObject({ status: 'canceled' })
    expect(await provider.cancel(toFind({ providerId }))).toMatchObject({ status: 'canceled' })
    expect(await provider.find(toFind())).toMatchObject({ status: 'canceled' })
    if (name === 'stripe') expect(() => double.pay(created.id)).toThrow('expired')
  })

  test('manual capture: authorised, then a part is taken, once', async ({ stage: { provider, authorizes } }) => {
    const { id: providerId } = await provider.open(manual)
    authorizes(created.id)
    const held = (await provider.find({ ...manual, providerId }))!
    expect(held).toMatchObject({ status: 'authorized', amount: usd(7_800) })
    const payment = { ...manual, providerId, chargeId: held.chargeId }
    const taken = { status: 'paid', captured: usd(5_000) }
    expect(await provider.capture({ ...payment, capturing: usd(5_000) })).toMatchObject(taken)
    expect(await provider.capture({ ...payment, capturing: usd(5_000) })).toMatchObject(taken)
    await expect(provider.capture({ ...payment, capturing: usd(6_000) })).rejects.toThrow(ProviderRefused)
    expect(await provider.cancel(payment)).toMatchObject(taken)
  })

  test('what is authorised can be let go, and then not be taken', async ({ stage: { provider, authorizes } }) => {
    const { id: providerId } = await provider.open(manual)
    authorizes(created.id)
    const payment = { ...manual, providerId }
    expect(await provider.cancel(payment)).toMatchObject({ status: 'canceled' })
    await expect(provider.capture({ ...payment, capturing: usd(5_000) })).rejects.toThrow(ProviderRefused)
  })

  test('money goes back once for each refund, and no more than there was', async ({ stage: { provider, pays } }) => {
    const { id: providerId } = await provider.open(created)
    pays(created.id)
    const { chargeId } = (await provider.find(toFind({ providerId })))!
    const refund = { id: sampleId(8), providerId, chargeId, amount: usd(7_000) }
    const made = await provider.refund(refund)
    expect(made).toMatchObject({ id: expect.any(String), status: 'succeeded' })
    expect(await provider.refund(refund)).toMatchObject(made)
    expect(await provider.refund({ ...refund, refundId: made.id })).toMatchObject(made)
    await expect(provider.refund({ ...refund, id: sampleId(9) })).rejects.toThrow(ProviderRefused)
    expect(await provider.refund({ ...refund, id: sampleId(10), amount: usd(800) })).toMatchObject({
      status: 'succeeded',
    })
  })

  test('a chargeback is seen', async ({ stage: { provider, pays, disputes } }) => {
    const { id: providerId } = await provider.open(created)
    pays(created.id)
    disputes(created.id)
    expect(await provider.find(toFind({ providerId }))).toMatchObject({ status: 'charged_back', captured: usd(7_800) })
  })

  test('a webhook says whom it is about; both secrets are good', async ({ stage: { provider, pays, webhook } }) => {
    await provider.open(created)
    pays(created.id)
    const notice = provider.readWebhook(webhook(created.id))
    expect(notice).toMatchObject({ id: expect.any(String), about: { reference: created.id } })
    expect(provider.readWebhook(webhook(created.id, { secret: secrets.old })).id).not.toBe(notice.id)
  })

  test('a webhook of somebody else, an old one, one from the future, and a changed one are refused', async ({
    stage: { provider, pays, webhook },
  }) => {
    await provider.open(created)
    pays(created.id)
    const good = webhook(created.id)
    const bad = [
      webhook(created.id, { secret: 'guessed' }),
      webhook(created.id, { ageSeconds: 301 }),
      webhook(created.id, { ageSeconds: -301 }),
      { ...good, body: `${good.body} ` },
      { ...good, headers: {} },
      { ...good, body: '' },
      { ...good, headers: { 'stripe-signature': 't=x,v1=y', [webhookSignatureHeader]: 'x' } },
    ]
    for (const each of bad) expect(() => provider.readWebhook(each)).toThrow(SignatureRefused)
    expect(() => provider.readWebhook(webhook(created.id, { body: 'nonsense' }))).toThrow(WebhookUnreadable)
  })

  test.for(['timeout', 'broken', 'nonsense', 401, 429, 500, 503] as const)(
    'trouble (%s) says nothing of what happened; afterwards the same is found',
    async (kind, { stage: { provider, trouble } }) => {
      const refund = { id: sampleId(8), providerId: sampleId(7), chargeId: 'pi_x', amount: usd(1) }
      trouble(kind)
      await expect(provider.open(created)).rejects.toThrow(ProviderUnclear)
      await expect(provider.find(toFind())).rejects.toThrow(ProviderUnclear)
      await expect(provider.refund(refund)).rejects.toThrow(ProviderUnclear)
      trouble(undefined)
      const opened = await provider.open(created)
      expect(await provider.open(created)).toEqual(opened)
    },
  )

  test('the settlement tells of every movement of money, with fees', async ({ stage }) => {
    const { provider, pays, disputes, period, fee } = stage
    const other = { ...created, id: sampleId(2) }
    for (const payment of [created, other]) {
      await provider.open(payment)
      pays(payment.id)
    }
    const { id: providerId, chargeId } = (await provider.find(toFind()))!
    await provider.refund({ id: sampleId(8), providerId, chargeId, amount: usd(800) })
    disputes(other.id)
    const lines: SettlementLine[] = []
    for (let cursor: string | undefined, pages = 1; ; pages++) {
      const page = await provider.settlement(period, cursor)
      lines.push(...page.lines)
      if (!(cursor = page.next)) break
      expect(pages).toBeLessThan(10)
    }
    const told = lines.map(({ kind, amount, reference = '', refundId = '' }) =>
      [kind, amount.amount, reference, refundId].join(' '),
    )
    const about = (reference: string) => (name === 'stripe' ? '' : reference)
    expect(told.sort()).toEqual(
      [
        `charge 7800 ${created.id} `,
        `charge 7800 ${other.id} `,
        `chargeback -7800 ${about(other.id)} `,
        `refund -800 ${about(created.id)} ${sampleId(8)}`,
      ].sort(),
    )
    expect(lines.filter(({ kind }) => kind === 'charge').map(({ fee }) => fee)).toEqual([usd(fee), usd(fee)])
    expect(lines.every(({ reference, chargeId }) => reference ?? chargeId)).toBeTruthy()
    const empty = { from: new Date(0), to: new Date(1_000) }
    expect(await provider.settlement(empty)).toMatchObject({ lines: expect.any(Array) })
  })
})
