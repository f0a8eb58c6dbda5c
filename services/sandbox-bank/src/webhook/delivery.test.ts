import { Webhook, verifyWebhook, webhookSignatureHeader } from '@slipway/contracts/sandbox-bank'
import { Check } from 'typebox/value'
import { afterAll, beforeEach, expect, vi } from 'vitest'
import { merchant, usd } from '../testing/merchant.ts'
import { cards, pay } from '../testing/payer.ts'
import { bankTest, webhookSecret } from '../testing/test.ts'
import { answering, WebhookTarget } from '../testing/webhook-target.ts'
import { DeliveryStore } from './delivery.store.ts'

const target = await WebhookTarget.listen()
const test = bankTest({ WEBHOOK_URL: target.url })
const hour = 3_600_000

beforeEach(() => target.reset())
afterAll(() => target.close())

const arrived = (count: number) => vi.waitFor(() => expect(target.received).toHaveLength(count), { timeout: 30_000 })

test('a change is told at once, signed, in the trace of what caused it', async ({ api, network, clock }) => {
  network.allow(target.url)
  const shop = merchant(api)
  const page = await shop.page()
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  await pay(api, page.id, cards.pays, { traceparent: `00-${trace}-00f067aa0ba902b7-01` })
  await arrived(1)
  const { headers, body, webhook } = target.received[0]!
  expect(Check(Webhook, webhook)).toBe(true)
  expect(webhook).toEqual({
    id: expect.any(String),
    type: 'page.paid',
    createdAt: expect.any(String),
    sequence: 1,
    data: (await shop.get(`/v1/pages/${page.id}`)).json,
  })
  expect(headers).toMatchObject({ 'content-type': 'application/json', traceparent: expect.stringContaining(trace) })
  const signature = String(headers[webhookSignatureHeader])
  expect(verifyWebhook([webhookSecret], signature, body, clock.now().getTime() / 1_000)).toBe(true)
})

test('every change has its webhook, in order and numbered; a refund is named', async ({ api, network, deps }) => {
  network.allow(target.url)
  const shop = merchant(api)
  const { id } = await shop.page()
  await pay(api, id)
  const { json } = await shop.refund(id, 250)
  await shop.refund(id, 1_000)
  await deps.agenda.catchUp()
  expect(
    target.received.map(({ webhook: { type, sequence, data } }) => [type, sequence, data.refunded.amount]),
  ).toEqual([
    ['page.paid', 1, 0],
    ['refund.succeeded', 2, 250],
    ['refund.succeeded', 3, 1_250],
  ])
  expect(target.received[1]!.webhook.refund).toEqual(json)
})

test('declined and canceled pages are told, a waiting confirmation is not', async ({ api, network, deps }) => {
  network.allow(target.url)
  const shop = merchant(api)
  await pay(api, (await shop.page()).id, cards.insufficientFunds)
  await pay(api, (await shop.page()).id, cards.asksForConfirmation)
  await shop.post(`/v1/pages/${(await shop.page()).id}/cancel`)
  await deps.agenda.catchUp()
  const told = target.received.map(({ webhook: { type, data } }) => [type, data.declineCode])
  expect(told.sort()).toEqual([
    ['page.canceled', undefined],
    ['page.declined', 'insufficient_funds'],
  ])
})

test('the first retries come by themselves and soon, with the same bytes', async ({ api, network, logs, clock }) => {
  clock.run()
  network.allow(target.url)
  target.answer = answering(500, 302)
  await pay(api, (await merchant(api).page()).id)
  await arrived(3)
  const [first, , third] = target.received
  expect(third!.at - first!.at).toBeLessThan(20_000)
  expect(new Set(target.received.map(({ body }) => body)).size).toBe(1)
  expect(logs.text).toContain('answered 500')
})

test('the newer webhook of a page waits for the older', async ({ api, network, clock, deps }) => {
  network.allow(target.url)
  target.answer = answering(500)
  const shop = merchant(api)
  const { id } = await shop.page()
  await pay(api, id)
  await deps.agenda.catchUp()
  await shop.refund(id, 1)
  await deps.agenda.catchUp()
  clock.advance(hour)
  await deps.agenda.catchUp()
  expect(target.types).toEqual(['page.paid', 'page.paid', 'refund.succeeded'])
})

test('retries go on for a day, ever more seldom, then end', async ({ api, network, clock, deps }) => {
  network.allow(target.url)
  target.answer = (_webhook, response) => void response.writeHead(500).end()
  const { id } = await merchant(api).page()
  await pay(api, id)
  for (let passed = 0; passed < 26; passed++) {
    await deps.agenda.catchUp()
    clock.advance(hour)
  }
  const state = await deps.database.sql.query('SELECT state, attempts, last_error FROM webhooks')
  expect(state.rows).toEqual([{ state: 'abandoned', attempts: 25, last_error: 'answered 500' }])
  expect(target.received).toHaveLength(25)
})

test('what a killed process had in hand is sent again when its lease ends', async ({ api, network, clock, deps }) => {
  const { id } = await merchant(api).page()
  await pay(api, id)
  await deps.agenda.catchUp()
  network.allow(target.url)
  clock.advance(hour)
  const now = clock.now()
  const lost = await new DeliveryStore(deps.database.sql).claim(now, new Date(now.getTime() + 10_000), 10)
  expect(lost).toHaveLength(1)
  await deps.agenda.catchUp()
  expect(target.received).toEqual([])
  clock.advance(10_001)
  await deps.agenda.catchUp()
  expect(target.types).toEqual(['page.paid'])
})

test('a disputed charge is charged back soon after', async ({ api, network, clock, deps }) => {
  network.allow(target.url)
  const shop = merchant(api)
  const [{ id }, refunded] = [await shop.page(), await shop.page()]
  for (const page of [id, refunded.id]) await pay(api, page, cards.chargedBack)
  await shop.refund(refunded.id, 1_250)
  await deps.agenda.catchUp()
  clock.advance(2_001)
  await deps.agenda.catchUp()
  const told = target.received.filter(({ webhook }) => webhook.data.id === id).map(({ webhook }) => webhook.type)
  expect(told).toEqual(['page.paid', 'page.charged_back'])
  expect((await shop.get(`/v1/pages/${id}`)).json).toMatchObject({ status: 'charged_back', refunded: usd(0) })
  expect((await shop.get(`/v1/pages/${refunded.id}`)).json).toMatchObject({ status: 'paid', refunded: usd(1_250) })
  expect(await shop.refund(id, 1)).toMatchObject({ status: 409, json: { code: 'PAGE_NOT_PAID' } })
})
