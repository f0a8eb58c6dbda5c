import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { ExecuteRefunds } from '../refund/execute-refunds.job.ts'
import { balances, captured, cashier, look, payments, tick } from '../testing/paying.ts'
import { minute, usd } from '../testing/samples.ts'
import { test } from '../testing/test.ts'
import { SettlePayments } from './settle-payments.job.ts'

const second = 1_000
const ask = ({ transaction }: Deps, id: string) => transaction((tx) => tx.rechecks.ask(id))
const left = async ({ database }: Deps) => (await database.sql.query('SELECT FROM rechecks')).rowCount

test('a chargeback that the bank could not be asked about is booked later, whatever is saved meanwhile', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const id = await captured(api, shop, bank)
  const asked = { reason: 'came broken', amount: usd(800) }
  await api.as(cashier).post(`${payments}/${id}/refunds`, asked, { 'idempotency-key': 'r-1' })
  await ask(deps, id)
  const janitor = new SettlePayments(deps)
  bank.isDown = true
  await tick(janitor, deps)
  bank.isDown = false
  await tick(new ExecuteRefunds(deps), deps)
  bank.becomes(id, 'charged_back')
  await tick(janitor, deps) // not at once again
  expect(await look(api, id)).toMatchObject({ status: 'partially_refunded' })

  clock.advance(5 * second)
  await tick(janitor, deps)
  expect(await look(api, id)).toMatchObject({ status: 'charged_back' })
  expect(await balances(deps)).toEqual({ 'chargebacks USD': 7_000, 'customers USD': -7_000 })
  expect(await left(deps)).toBe(0)
})

test('what is told while the bank is being asked is asked about as well', async ({ api, bank, shop, deps, clock }) => {
  const id = await captured(api, shop, bank)
  const provider = deps.providers.current
  const find = provider.find.bind(provider)
  provider.find = async (payment) => {
    const found = await find(payment)
    provider.find = find
    bank.becomes(id, 'charged_back')
    await ask(deps, id)
    return found
  }
  await ask(deps, id)
  clock.advance(second)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'captured' })
  expect(await left(deps)).toBe(1)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'charged_back' })
  expect(await left(deps)).toBe(0)
})

test('what a pod of the release before was told of is asked about until there is an answer', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const id = await captured(api, shop, bank)
  bank.becomes(id, 'charged_back')
  await deps.database.sql.query('UPDATE payments SET next_check_at = $1', [clock.now()])
  bank.isDown = true
  await tick(new SettlePayments(deps), deps)
  bank.isDown = false
  clock.advance(minute)
  await tick(new SettlePayments(deps), deps)
  expect(await look(api, id)).toMatchObject({ status: 'charged_back' })
})

test('it is tried less and less often, at least every ten minutes, for as long as it takes', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const { paymentId } = await ask(deps, await captured(api, shop, bank))
  const waits = async (tries: number) => {
    const found: number[] = []
    for (let done = 0; done < tries; done++) {
      await deps.transaction((tx) => tx.rechecks.takeDue(10))
      const { rows } = await deps.database.sql.query<{ due_at: Date }>('SELECT due_at FROM rechecks')
      found.push((rows[0]!.due_at.getTime() - clock.now().getTime()) / second)
      clock.set(rows[0]!.due_at)
    }
    return found
  }
  expect(await waits(9)).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600])
  await deps.database.sql.query('UPDATE rechecks SET attempts = 100000')
  expect(await waits(1)).toEqual([600])
  await ask(deps, paymentId)
  expect(await waits(1)).toEqual([5])
})
