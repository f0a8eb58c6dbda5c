import { user, type Api } from '@slipway/testing'
import { expect } from 'vitest'
import type { Bank } from '../testing/bank.ts'
import { balances, look, pay, tick } from '../testing/paying.ts'
import { sampleId, usd } from '../testing/samples.ts'
import { SettlePayments } from '../payment/settle-payments.job.ts'
import { ExecuteRefunds } from '../refund/execute-refunds.job.ts'
import type { Shop } from '../testing/shop.ts'
import { withNeighbours } from '../testing/test.ts'
import { Reconcile } from './reconcile.job.ts'

const minute = 60_000
const test = withNeighbours({ RECONCILIATION_PERIOD_MINUTES: '60', RECONCILIATION_DELAY_MINUTES: '5' })
const auditor = user({ permissions: ['ledger:read'] })

let carts = 500
async function sold(api: Api, shop: Shop, bank: Bank): Promise<string> {
  shop.lockedTo = undefined
  const { json } = await pay(api, shop, `key-${carts}`, { cartId: sampleId(carts++) })
  await bank.tells(api, bank.becomes(json.id, 'paid'))
  return json.id
}
const read = async (api: Api) => (await api.as(auditor).get('/acquiring/v1/reconciliations')).json.items

test('what is settled as it was booked matches, and fees are booked once', async ({
  api,
  bank,
  shop,
  deps,
  clock,
  events,
}) => {
  for (let payment = 0; payment < 3; payment++) await sold(api, shop, bank)
  const job = new Reconcile(deps)
  await tick(job, deps)
  expect(await read(api)).toEqual([]) // the period is not over
  clock.advance(65 * minute)
  await tick(job, deps)
  await tick(job, deps)
  expect(await read(api)).toMatchObject([
    { provider: 'sandbox-bank', status: 'completed', lines: 3, matched: 3, fees: [usd(327)], differenceCount: 0 },
  ])
  expect(await balances(deps)).toEqual({
    'customers USD': -23_400,
    'fees USD': 327,
    'provider:sandbox-bank USD': 23_073,
  })
  expect((await events.emitted()).every(({ type }) => type === 'acquiring.payment.captured.v1')).toBe(true)
})

test('fees are told in the currency they are kept in, whatever the payer paid in', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const jpy = (amount: number) => ({ amount, currency: 'JPY' })
  shop.total = jpy(9_000)
  for (let payment = 0; payment < 2; payment++) await sold(api, shop, bank)
  for (const line of bank.settled) line.fee = usd(40)
  clock.advance(65 * minute)
  await tick(new Reconcile(deps), deps)
  expect(await read(api)).toMatchObject([{ lines: 2, matched: 2, fees: [usd(80)] }])

  // as a pod of the release before leaves it
  await deps.database.sql.query('UPDATE settlement_lines SET fee_currency = NULL')
  expect(await read(api)).toMatchObject([{ fees: [jpy(80)] }])
})

test('every difference is listed and told: extra, amount, currency, missing, late', async ({
  api,
  bank,
  shop,
  deps,
  clock,
  events,
}) => {
  const [less, euro, lost] = [await sold(api, shop, bank), await sold(api, shop, bank), await sold(api, shop, bank)]
  const line = (payment: string) => bank.settled.find(({ reference }) => reference === payment)!
  line(less).amount = usd(7_700)
  Object.assign(line(euro), { amount: { amount: 7_800, currency: 'EUR' }, fee: { amount: 1, currency: 'EUR' } })
  const kept = bank.settled.splice(bank.settled.indexOf(line(lost)), 1)[0]!
  bank.settled.push({ ...line(less), id: sampleId(700), reference: 'not-ours', amount: usd(5) })
  const job = new Reconcile(deps)
  clock.advance(65 * minute)
  await tick(job, deps)
  clock.advance(60 * minute)
  await tick(job, deps) // a whole period later it is missing
  bank.settled.push({ ...kept, at: clock.now().toISOString() })
  clock.advance(60 * minute)
  await tick(job, deps)

  const found = (await read(api)).flatMap(({ differences }: { differences: object[] }) => differences)
  const told = (await events.emitted()).filter(({ type }) => type === 'acquiring.reconciliation.difference-found.v1')
  const expected = [
    ['amount', less, usd(7_800), usd(7_700)],
    ['currency', euro, usd(7_800), { amount: 7_800, currency: 'EUR' }],
    ['extra', undefined, null, usd(5)],
    ['late', lost, usd(7_800), usd(7_800)],
    ['missing', lost, usd(7_800), null],
  ]
  type Told = { kind: string; paymentId?: string; expected: object; actual: object }
  const facts = (each: Told) => [each.kind, each.paymentId, each.expected, each.actual]
  const sorted = (list: unknown[][]) => list.sort(([left], [right]) => (String(left) < String(right) ? -1 : 1))
  expect(sorted(found.map((each: object) => facts(each as Told)))).toEqual(expected)
  expect(sorted(told.map(({ data }) => facts(data as Told)))).toEqual(expected)

  const [newest] = await read(api)
  const { json } = await api.as(auditor).get(`/acquiring/v1/reconciliations/${newest.id}/differences`)
  expect(json).toEqual({ items: newest.differences, nextCursor: null })
})

test('money whose webhook never came, for a payment that had expired, is found by the settlement and given back', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const { json } = await pay(api, shop)
  clock.advance(31 * minute)
  const janitor = new SettlePayments(deps)
  await tick(janitor, deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'expired' })
  bank.becomes(json.id, 'paid') // and nobody tells us
  clock.advance(65 * minute)
  await tick(new Reconcile(deps), deps)
  expect((await read(api))[0].differences).toMatchObject([{ kind: 'extra', paymentId: json.id }])
  bank.isDown = true
  await tick(janitor, deps)
  bank.isDown = false
  clock.advance(minute)
  await tick(janitor, deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  await tick(new ExecuteRefunds(deps), deps)
  expect(await look(api, json.id)).toMatchObject({ status: 'refunded' })
  expect(bank.refunds).toMatchObject([{ amount: usd(7_800) }])
})

test.fresh(
  'two workers at once, and one that was cut: each line counts once',
  async ({ api, bank, shop, deps, clock }) => {
    for (let payment = 0; payment < 5; payment++) await sold(api, shop, bank)
    clock.advance(65 * minute)
    let left = 1
    bank.during = (call) => {
      if (call.startsWith('GET /v1/settlements') && left-- === 0) throw new Error('cut')
    }
    await Promise.all([tick(new Reconcile(deps), deps), tick(new Reconcile(deps), deps)])
    bank.during = () => {}
    await tick(new Reconcile(deps), deps)
    expect(await read(api)).toMatchObject([{ status: 'completed', lines: 5, matched: 5, fees: [usd(545)] }])
    expect((await balances(deps))['fees USD']).toBe(545)
  },
)

test('the ledger shows accounts with balances, and transactions', async ({ api, bank, shop }) => {
  const id = await sold(api, shop, bank)
  const { json: accounts } = await api.as(auditor).get('/acquiring/v1/ledger/accounts')
  expect(accounts).toEqual({
    items: [
      { code: 'customers', kind: 'liability', meaning: expect.any(String), balances: [usd(-7_800)] },
      { code: 'provider:sandbox-bank', kind: 'asset', meaning: expect.any(String), balances: [usd(7_800)] },
    ],
    nextCursor: null,
  })
  const { json: transactions } = await api.as(auditor).get(`/acquiring/v1/ledger/transactions?paymentId=${id}`)
  expect(transactions).toEqual({
    items: [
      {
        id: expect.any(String),
        reference: `capture:${id}`,
        kind: 'capture',
        paymentId: id,
        at: expect.any(String),
        entries: [
          { account: 'provider:sandbox-bank', amount: usd(7_800) },
          { account: 'customers', amount: usd(-7_800) },
        ],
      },
    ],
    nextCursor: null,
  })
  expect((await api.as(user()).get('/acquiring/v1/ledger/accounts')).status).toBe(403)
})
