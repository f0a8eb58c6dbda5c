import { UserDeleted } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { SettlePayments } from '../payment/settle-payments.job.ts'
import { ExecuteRefunds } from '../refund/execute-refunds.job.ts'
import { balances, cashier, history, look, pay, payments, shopper, tick } from '../testing/paying.ts'
import { test } from '../testing/test.ts'
import { ForgetUsers } from './forget-users.job.ts'

const hour = 3_600_000
const gone = { subject: shopper.id, data: { userId: shopper.id } }
const returnUrl = 'http://slipway.test/thanks?name=Ann'

const rows = async ({ database: { sql } }: Deps) => ({
  payments: (await sql.query('SELECT user_id, url, return_url FROM payments')).rows as Record<string, unknown>[],
  reasons: (await sql.query<{ reason: string }>('SELECT reason FROM refunds')).rows.map(({ reason }) => reason),
  keys: (await sql.query('SELECT FROM idempotency_keys')).rowCount,
  erasures: (await sql.query('SELECT FROM erasures')).rowCount,
})

test('what is personal goes, the books stay', async ({ api, bank, shop, deps, events, clock }) => {
  const { json } = await pay(api, shop, 'key-1', { returnUrl })
  bank.becomes(json.id, 'paid')
  clock.advance(60_000)
  await tick(new SettlePayments(deps), deps)
  const reason = 'Ann did not like it'
  await api.as(cashier).post(`${payments}/${json.id}/refunds`, { reason }, { 'idempotency-key': 'r-1' })
  await tick(new ExecuteRefunds(deps), deps)
  const before = { balances: await balances(deps), history: await history(deps, json.id) }

  expect(await events.deliver(UserDeleted, gone)).toMatchObject({ 'forget-user': 'done' })

  const forgotten = { user_id: shopper.id, url: null, return_url: null }
  expect(await rows(deps)).toEqual({ payments: [forgotten], reasons: ['erased'], keys: 2, erasures: 1 })
  clock.advance(hour)
  await new ForgetUsers(deps).run()
  expect(await rows(deps)).toEqual({ payments: [forgotten], reasons: ['erased'], keys: 1, erasures: 0 })
  expect({ balances: await balances(deps), history: await history(deps, json.id) }).toEqual(before)
})

test('a payment under way goes on, and what it needs goes after it', async ({
  api,
  bank,
  shop,
  deps,
  events,
  clock,
}) => {
  const { json } = await pay(api, shop, 'key-1', { returnUrl })
  await events.deliver(UserDeleted, gone)
  clock.advance(60_000)
  await new ForgetUsers(deps).run()
  expect((await rows(deps)).payments).toMatchObject([{ url: json.nextAction.url, return_url: returnUrl }])

  bank.becomes(json.id, 'paid')
  await tick(new SettlePayments(deps), deps)
  clock.advance(hour)
  await new ForgetUsers(deps).run()

  expect(await look(api, json.id)).toMatchObject({ status: 'captured' })
  expect(await rows(deps)).toMatchObject({ payments: [{ url: null, return_url: null }], keys: 0, erasures: 0 })
})
