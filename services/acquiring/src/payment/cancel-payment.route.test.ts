import { expect } from 'vitest'
import { balances, history, look, pay, payments, shopper, stranger, support, tick } from '../testing/paying.ts'
import { sampleId } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { type Api, problem } from '@slipway/testing'
import { SettlePayments } from './settle-payments.job.ts'

const pathOf = (id: string) => `${payments}/${id}/cancel`
const cancel = (api: Api, id: string, caller = shopper) => api.as(caller).post(pathOf(id))

test('the page is closed at the bank, then the payment is canceled; doing it again changes nothing', async ({
  api,
  bank,
  shop,
  deps,
  events,
}) => {
  const { json } = await pay(api, shop)
  const { nextAction: _, ...rest } = json
  const canceled = { status: 200, json: { ...rest, status: 'canceled' } }
  expect(await cancel(api, json.id)).toMatchObject(canceled)
  expect(bank.page(json.id).status).toBe('canceled')
  expect(await cancel(api, json.id)).toMatchObject(canceled)
  expect((await events.emitted()).map(({ type, version }) => `${type} ${version}`)).toEqual([
    'acquiring.payment.canceled.v1 3',
  ])
  expect(await history(deps, json.id)).toEqual(['created: checkout', 'requires_action: checkout', 'canceled: cancel'])
})

test('a payment that the bank has taken the money for is captured instead', async ({
  api,
  bank,
  shop,
  events,
  deps,
}) => {
  const { json } = await pay(api, shop)
  bank.becomes(json.id, 'paid')
  expect(await cancel(api, json.id)).toMatchObject(
    problem(409, 'PAYMENT_NOT_CANCELABLE', pathOf(json.id), { paymentStatus: 'captured' }),
  )
  expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.captured.v1'])
  expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
})

test('the payer pays while the page is being closed', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  bank.during = (call) => {
    if (call.endsWith('/cancel')) bank.becomes(json.id, 'paid')
  }
  expect((await cancel(api, json.id)).status).toBe(409)
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
})

test.fresh(
  'cancel and paid webhook at once: the money is booked once, and the cart hears one thing',
  async ({ api, bank, shop, events, deps }) => {
    const { json } = await pay(api, shop)
    const webhook = bank.becomes(json.id, 'paid')
    const [answer] = await Promise.all([cancel(api, json.id), bank.tells(api, webhook), cancel(api, json.id)])
    expect(answer.status).toBe(409)
    expect((await events.emitted()).map(({ type }) => type)).toEqual(['acquiring.payment.captured.v1'])
    expect(await balances(deps)).toEqual({ 'provider:sandbox-bank USD': 7_800, 'customers USD': -7_800 })
  },
)

test('a bank that gives no answer: it is decided, not shown to the payer any more, and done later', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const { json } = await pay(api, shop)
  bank.isDown = true
  expect(await cancel(api, json.id)).toMatchObject(
    problem(503, 'PAYMENT_OUTCOME_UNKNOWN', pathOf(json.id), { paymentId: json.id }),
  )
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
  expect(await look(api, json.id)).not.toHaveProperty('nextAction')

  bank.isDown = false
  clock.advance(5_000)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'canceled' })
})

test('a payment whose page is just being opened: the page is closed as soon as it is there', async ({
  api,
  bank,
  shop,
  deps,
}) => {
  const canceled = Promise.withResolvers<unknown>()
  const open = deps.providers.current.open.bind(deps.providers.current)
  deps.providers.current.open = async (payment) => {
    canceled.resolve(await cancel(api, payment.id))
    return open(payment)
  }
  const made = await pay(api, shop)
  expect(await canceled.promise).toMatchObject({ status: 200, json: { status: 'canceled' } })
  expect(made).toMatchObject({ status: 201, json: { status: 'canceled' } })
  expect(bank.page(made.json.id).status).toBe('canceled')
})

test('what is over cannot be canceled', async ({ api, bank, shop }) => {
  const { json } = await pay(api, shop)
  await bank.tells(api, bank.becomes(json.id, 'declined'))
  expect(await cancel(api, json.id)).toMatchObject(
    problem(409, 'PAYMENT_NOT_CANCELABLE', pathOf(json.id), { paymentStatus: 'failed' }),
  )
})

test('only the owner cancels', async ({ api, shop }) => {
  const { json } = await pay(api, shop)
  for (const caller of [stranger, support])
    expect(await cancel(api, json.id, caller)).toMatchObject(problem(404, 'PAYMENT_NOT_FOUND', pathOf(json.id)))
  expect(await cancel(api, sampleId(9))).toMatchObject(problem(404, 'PAYMENT_NOT_FOUND', pathOf(sampleId(9))))
  expect(await look(api, json.id)).toMatchObject({ status: 'requires_action' })
})
