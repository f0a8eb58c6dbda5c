import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { ExecuteRefunds } from '../refund/execute-refunds.job.ts'
import { cashier, pay, payments, tick } from '../testing/paying.ts'
import { minute, sampleId, usd } from '../testing/samples.ts'
import { test } from '../testing/test.ts'

/** Those of acquiring's own that are not zero, as Prometheus reads them. */
async function scraped({ observability }: Deps) {
  const text = await observability.metrics.metrics()
  const own = text.split('\n').filter((line) => /^(payment|refund|reconciliation)/.test(line) && !line.endsWith(' 0'))
  return own.map((line) => line.replace(/,?service="acquiring"/, '').replace('{}', '')).toSorted()
}

test('what was paid, given back and told is counted; what waits is measured', async ({
  api,
  bank,
  shop,
  deps,
  clock,
}) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'paid')
  await bank.tells(api, webhook)
  await bank.tells(api, webhook)
  const refund = { amount: usd(800), reason: 'came broken' }
  await api.as(cashier).post(`${payments}/${json.id}/refunds`, refund, { 'idempotency-key': 'r-1' })
  bank.losesAnswers = true
  shop.lockedTo = undefined
  await pay(api, shop, 'key-2', { cartId: sampleId(101) })
  clock.advance(10 * minute)
  expect(await scraped(deps)).toEqual([
    'payment_webhooks_total{provider="sandbox-bank",outcome="applied"} 1',
    'payment_webhooks_total{provider="sandbox-bank",outcome="duplicate"} 1',
    'payments_captured_amount_total{provider="sandbox-bank",currency="USD"} 7800',
    'payments_open{status="unknown"} 1',
    'payments_total{provider="sandbox-bank",status="captured"} 1',
    'payments_total{provider="sandbox-bank",status="created"} 2',
    'payments_total{provider="sandbox-bank",status="requires_action"} 1',
    'payments_total{provider="sandbox-bank",status="unknown"} 1',
    'payments_unknown_oldest_age_seconds 600',
    'refunds_pending 1',
    'refunds_pending_oldest_age_seconds 600',
  ])

  bank.losesAnswers = false
  await tick(new ExecuteRefunds(deps), deps)
  expect(await scraped(deps)).toEqual(
    expect.arrayContaining([
      'payments_total{provider="sandbox-bank",status="partially_refunded"} 1',
      'refunds_amount_total{provider="sandbox-bank",currency="USD"} 800',
      'refunds_total{provider="sandbox-bank",status="succeeded"} 1',
    ]),
  )
})

test('what was rolled back is not counted', async ({ api, bank, shop, deps }) => {
  const { json } = await pay(api, shop)
  const webhook = bank.becomes(json.id, 'paid')
  const rename = (from: string, to: string) => deps.database.sql.query(`ALTER TABLE messaging.${from} RENAME TO ${to}`)
  await rename('outbox', 'away')
  expect(await bank.tells(api, webhook)).toMatchObject({ status: 500 })
  await rename('away', 'outbox')
  expect(await scraped(deps)).not.toContain('payments_total{provider="sandbox-bank",status="captured"} 1')
  await bank.tells(api, webhook)
  expect(await scraped(deps)).toContain('payments_total{provider="sandbox-bank",status="captured"} 1')
})
