import { afterAll, beforeEach, expect, vi } from 'vitest'
import { merchant } from '../testing/merchant.ts'
import { cards, pay } from '../testing/payer.ts'
import { bankTest } from '../testing/test.ts'
import { WebhookTarget } from '../testing/webhook-target.ts'

const target = await WebhookTarget.listen()
const test = bankTest({ WEBHOOK_URL: target.url })
const faulty = bankTest({ WEBHOOK_URL: target.url, BANK_FAULTS: 'no-webhook' })

beforeEach(() => target.reset())
afterAll(() => target.close())

test('duplicate-webhook: the very same one comes twice', async ({ api, network, deps }) => {
  network.allow(target.url)
  await pay(api, (await merchant(api).page({ fault: 'duplicate-webhook' })).id)
  await deps.agenda.catchUp()
  expect(target.types).toEqual(['page.paid', 'page.paid'])
  expect(target.received[0]!.body).toBe(target.received[1]!.body)
})

test('webhooks-out-of-order: the charge-back overtakes the payment', async ({ api, network, clock, deps }) => {
  network.allow(target.url)
  const { id } = await merchant(api).page()
  await pay(api, id, cards.chargedBack, { 'x-sandbox-fault': 'webhooks-out-of-order' })
  await deps.agenda.catchUp()
  expect(target.types).toEqual([])
  clock.advance(2_001)
  await deps.agenda.catchUp()
  expect(target.received.map(({ webhook: { type, sequence } }) => [type, sequence])).toEqual([
    ['page.charged_back', 2],
    ['page.paid', 1],
  ])
})

test('webhooks-out-of-order: with nothing to overtake it, it comes in the end', async ({
  api,
  network,
  clock,
  deps,
}) => {
  network.allow(target.url)
  await pay(api, (await merchant(api).page({ fault: 'webhooks-out-of-order' })).id)
  clock.advance(10_001)
  await deps.agenda.catchUp()
  expect(target.types).toEqual(['page.paid'])
})

test('late-webhook: a minute later', async ({ api, network, clock, deps }) => {
  network.allow(target.url)
  await pay(api, (await merchant(api).page({ fault: 'late-webhook' })).id)
  clock.advance(55_000)
  await deps.agenda.catchUp()
  expect(target.types).toEqual([])
  clock.advance(5_001)
  await deps.agenda.catchUp()
  expect(target.types).toEqual(['page.paid'])
})

test('a fault of one page leaves the others alone', async ({ api, network }) => {
  network.allow(target.url)
  const shop = merchant(api)
  await pay(api, (await shop.page({ fault: 'no-webhook' })).id)
  await pay(api, (await shop.page()).id, cards.declined)
  await vi.waitFor(() => expect(target.types).toEqual(['page.declined']), 30_000)
})

faulty('no-webhook by setting: the merchant has to ask', async ({ api, network, clock, deps }) => {
  network.allow(target.url)
  const shop = merchant(api)
  const { id } = await shop.page()
  await pay(api, id)
  clock.advance(3_600_000)
  await deps.agenda.catchUp()
  expect(target.types).toEqual([])
  expect((await shop.get(`/v1/pages/${id}`)).json.status).toBe('paid')
  expect((await deps.database.sql.query('SELECT state FROM webhooks')).rows).toEqual([{ state: 'suppressed' }])
})
