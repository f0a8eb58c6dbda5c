import { expect } from 'vitest'
import { newId } from '@slipway/service-kit'
import { balances, history, look, pay, shopper } from '../testing/paying.ts'
import { problem } from '@slipway/testing'
import { sampleId, usd } from '../testing/samples.ts'
import { test } from '../testing/test.ts'

const path = '/acquiring/webhooks/sandbox-bank'
const ok = { status: 200, json: { received: true } }

test.fresh(
  'a paid page: the payment is captured, booked and announced, all at once',
  async ({ api, bank, shop, events, deps }) => {
    const { json: before } = await pay(api, shop)
    expect(await bank.tells(api, bank.becomes(before.id, 'paid'))).toMatchObject(ok)

    const { nextAction: _, ...rest } = before
    expect(await look(api, before.id)).toEqual({ ...rest, captured: usd(7_800), status: 'captured' })
    expect(await events.emitted()).toEqual([
      {
        type: 'acquiring.payment.captured.v1',
        subject: before.id,
        version: 3,
        data: {
          paymentId: before.id,
          cartId: shop.cartId,
          userId: shopper.id,
          amount: usd(7_800),
          captured: usd(7_800),
          provider: 'sandbox-bank',
        },
      },
    ])
    expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
    expect(await history(deps, before.id)).toEqual([
      'created: checkout',
      'requires_action: checkout',
      'captured: webhook',
    ])
  },
)

test.fresh('a webhook that comes many times at once counts once', async ({ api, bank, shop, events, deps }) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'paid')
  const answers = await Promise.all(Array.from({ length: 20 }, () => bank.tells(api, webhook)))
  for (const answer of answers) expect(answer).toMatchObject(ok)
  expect(await events.emitted()).toHaveLength(1)
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
})

test.fresh(
  'different webhooks of one payment at once do not get in each other’s way',
  async ({ api, bank, shop, deps }) => {
    const { json } = await pay(api, shop)
    const webhooks = Array.from({ length: 10 }, () => bank.becomes(json.id, 'paid'))
    const answers = await Promise.all(webhooks.map((webhook) => bank.tells(api, webhook)))
    for (const answer of answers) expect(answer).toMatchObject(ok)
    expect((await deps.database.sql.query('SELECT FROM provider_events')).rows).toHaveLength(10)
    expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  },
)

test('a duplicate is known by its id, whatever it says', async ({ api, bank, shop, logs }) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'open')
  await bank.tells(api, webhook)
  expect(await bank.tells(api, { ...bank.becomes(json.id, 'paid'), id: webhook.id })).toMatchObject(ok)
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
  expect(logs.text).toContain('webhook: duplicate')
})

test('a decline ends the payment, and says why', async ({ api, bank, shop, events }) => {
  const { json } = await pay(api, shop)
  await bank.tells(api, bank.becomes(json.id, 'declined', { declineCode: 'insufficient_funds' }))
  expect(await look(api, json.id)).toMatchObject({ status: 'failed', failureCode: 'insufficient_funds' })
  expect(await events.emitted()).toMatchObject([{ type: 'acquiring.payment.failed.v1', subject: json.id }])
})

test('webhooks in any order: an older one moves nothing', async ({ api, bank, shop, events, deps }) => {
  const { json } = await pay(api, shop)
  const older = bank.becomes(json.id, 'paid')
  const newer = bank.becomes(json.id, 'charged_back')
  expect(await bank.tells(api, newer)).toMatchObject(ok)
  expect(await bank.tells(api, older)).toMatchObject(ok)
  expect(await look(api, json.id)).toMatchObject({ status: 'charged_back' })
  expect((await events.emitted()).map(({ type, version }) => `${type} ${version}`)).toEqual([
    'acquiring.payment.captured.v1 3',
    'acquiring.payment.charged-back.v1 4',
  ])
  expect(await balances(deps)).toEqual({ 'chargebacks USD': 7_800, 'customers USD': -7_800 })
})

test('an older state does not count although it would be a way forward', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  const declined = bank.becomes(json.id, 'declined')
  const reopened = bank.becomes(json.id, 'open')
  await bank.tells(api, reopened)
  await bank.tells(api, declined)
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
})

test('a webhook before we have heard the bank’s own answer', async ({ api, bank, shop }) => {
  bank.losesAnswers = true
  await pay(api, shop)
  bank.losesAnswers = false
  const paymentId = shop.lockedTo!
  await bank.tells(api, bank.becomes(paymentId, 'paid'))
  expect(await look(api, paymentId)).toMatchObject({ status: 'captured' })
  expect(await pay(api, shop)).toMatchObject({ status: 201, json: { id: paymentId, status: 'captured' } })
})

test.for([
  ['another amount', usd(7_799)],
  ['another currency', { amount: 7_800, currency: 'EUR' }],
] as const)(
  '%s than asked for is not captured: somebody is woken, the money waits to go back',
  async ([, amount], { api, bank, shop, events, deps, logs }) => {
    const { json } = await pay(api, shop)
    expect(await bank.tells(api, bank.becomes(json.id, 'paid', { amount }))).toMatchObject(ok)
    expect(await look(api, json.id)).toMatchObject({ status: 'unknown', amount: usd(7_800) })
    expect(await events.emitted()).toEqual([])
    expect(logs.lines.filter((line) => line['log.level'] === 'error')).toMatchObject([
      { paymentId: json.id, message: expect.stringContaining('another amount') },
    ])
    const { rows } = await deps.database.sql.query('SELECT amount, currency, status, reason FROM refunds')
    expect(rows).toEqual([
      { amount: String(amount.amount), currency: amount.currency, status: 'pending', reason: 'amount_mismatch' },
    ])
    expect(await balances(deps)).toMatchObject({ [`unmatched ${amount.currency}`]: -amount.amount })
  },
)

test('one about a payment that is not ours is taken in and forgotten', async ({ api, bank, shop, logs }) => {
  const { json } = await pay(api, shop)
  for (const reference of [sampleId(999), 'order-17']) {
    const webhook = bank.becomes(json.id, 'paid')
    expect(await bank.tells(api, { ...webhook, data: { ...webhook.data, reference } })).toMatchObject(ok)
  }
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
  expect(logs.text).toContain('webhook: unknown payment')
})

test('fields that we do not know are no reason to refuse', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'paid')
  expect(await bank.tells(api, { ...webhook, livemode: false, data: { ...webhook.data, risk: 'low' } })).toMatchObject(
    ok,
  )
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
})

test.for([
  ['signed by somebody else', { secret: 'guessed' }],
  ['too old', { ageSeconds: 301 }],
  ['from the future', { ageSeconds: -301 }],
] as const)('a webhook that is %s is refused', async ([, how], { api, bank, shop }) => {
  const { json } = await pay(api, shop)
  const refused = await bank.tells(api, bank.becomes(json.id, 'paid'), how)
  expect(refused).toMatchObject(problem(401, 'INVALID_SIGNATURE', path))
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
})

test('a refused webhook is not taken for a duplicate when it comes again', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'paid')
  await bank.tells(api, webhook, { secret: 'guessed' })
  await bank.tells(api, webhook)
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
})

test('without a signature, or without a body, it is refused; so is a changed body', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  const body = JSON.stringify(bank.becomes(json.id, 'paid'))
  const signature = `t=${Math.floor(Date.now() / 1_000)},v1=${'0'.repeat(64)}`
  const headers = { 'content-type': 'application/json' }
  for (const answer of [
    await api.post(path, body, headers),
    await api.post(path, undefined, {}),
    await api.post(path, body, { ...headers, 'bank-signature': 'nonsense' }),
    await api.post(path, `${body} `, { ...headers, 'bank-signature': signature }),
  ])
    expect(answer).toMatchObject(problem(401, 'INVALID_SIGNATURE', path))
})

test('one that is signed and cannot be read is our problem, and said so', async ({ api, bank }) => {
  for (const body of [{ id: newId() }, []])
    expect(await bank.tells(api, body)).toMatchObject(problem(400, 'WEBHOOK_UNREADABLE', path))
})

test('a provider that we do not have', async ({ api }) => {
  const elsewhere = '/acquiring/webhooks/other-bank'
  expect(await api.post(elsewhere, {})).toMatchObject(problem(404, 'PROVIDER_NOT_FOUND', elsewhere))
})
