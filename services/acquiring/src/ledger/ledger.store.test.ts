import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { newPayment } from '../payment/payment.ts'
import { recordNew } from '../payment/record-change.ts'
import { created, patience, sampleId, usd } from '../testing/samples.ts'
import { balances } from '../testing/paying.ts'
import { test } from '../testing/test.ts'
import { atProvider, captureBooking, chargebacks, customers, type Booking } from './booking.ts'

const receivable = atProvider('sandbox-bank')
const eur = (amount: number) => ({ amount, currency: 'EUR' })

const paymentExists = ({ transaction }: Deps) =>
  transaction((tx) => recordNew(tx, newPayment({ ...created, createdAt: new Date() }, patience), 'test'))

const book = ({ transaction }: Deps, entries: Booking['entries'], reference = 'test:1') =>
  transaction((tx) => tx.ledger.book(created.id, { kind: 'capture', reference, entries }))

test.fresh('keeps what sums to zero in every currency', async ({ deps }) => {
  await paymentExists(deps)
  await book(deps, [
    { account: receivable, amount: usd(100) },
    { account: chargebacks, amount: usd(5) },
    { account: customers, amount: usd(-105) },
    { account: receivable, amount: eur(7) },
    { account: customers, amount: eur(-7) },
  ])
  expect(await balances(deps)).toEqual({
    'chargebacks USD': 5,
    'customers EUR': -7,
    'customers USD': -105,
    'provider:sandbox-bank EUR': 7,
    'provider:sandbox-bank USD': 100,
  })
  const { rows } = await deps.database.sql.query('SELECT code, kind FROM ledger_accounts ORDER BY code')
  expect(rows).toEqual([
    { code: 'chargebacks', kind: 'expense' },
    { code: 'customers', kind: 'liability' },
    { code: 'provider:sandbox-bank', kind: 'asset' },
  ])
})

test.fresh.for([
  ['a sum that is not zero', [usd(100), usd(-99)], /does not sum to zero in USD/],
  ['two currencies that only cancel out together', [usd(100), eur(-100)], /does not sum to zero in (USD|EUR)/],
  ['one entry', [usd(100)], /has 1 entries/],
  ['no entry', [], /has 0 entries/],
  ['nothing moved', [usd(0), usd(0)], /ledger_entries_amount_check/],
] as const)('the database refuses %s', async ([, amounts, message], { deps }) => {
  await paymentExists(deps)
  await expect(
    book(
      deps,
      amounts.map((amount) => ({ account: customers, amount })),
    ),
  ).rejects.toThrow(message)
  expect((await deps.database.sql.query('SELECT FROM ledger_transactions')).rows).toEqual([])
})

test.fresh('the same thing is booked once', async ({ deps }) => {
  await paymentExists(deps)
  const booking = captureBooking(created, usd(7_800))
  await deps.transaction((tx) => tx.ledger.book(created.id, booking))
  await expect(deps.transaction((tx) => tx.ledger.book(created.id, booking))).rejects.toThrow(
    'ledger_transactions_reference_key',
  )
})

test.fresh.for([
  ['UPDATE ledger_entries SET amount = amount * 2'],
  ['DELETE FROM ledger_entries'],
  ['TRUNCATE ledger_entries'],
  [`UPDATE ledger_transactions SET kind = 'refund'`],
  ['DELETE FROM ledger_transactions'],
  [`UPDATE payment_history SET status = 'captured'`],
  ['DELETE FROM payment_history'],
] as const)('what is written stays: %s', async ([statement], { deps }) => {
  await paymentExists(deps)
  await book(deps, [
    { account: receivable, amount: usd(100) },
    { account: customers, amount: usd(-100) },
  ])
  await expect(deps.database.sql.query(statement)).rejects.toThrow('is written once')
})

test.fresh('no entry joins a transaction later, balanced or not', async ({ deps }) => {
  await paymentExists(deps)
  await book(deps, [
    { account: receivable, amount: usd(100) },
    { account: customers, amount: usd(-100) },
  ])
  const { rows } = await deps.database.sql.query<{ id: string }>('SELECT id FROM ledger_transactions')
  await expect(
    deps.database.sql.query(
      `INSERT INTO ledger_entries (transaction_id, line, account_code, amount, currency)
       VALUES ($1, 3, 'customers', 5, 'USD'), ($1, 4, 'customers', -5, 'USD')`,
      [rows[0]?.id],
    ),
  ).rejects.toThrow('is closed')
})

test.fresh('neither captures above the amount nor refunds above the capture can be stored', async ({ deps }) => {
  await paymentExists(deps)
  for (const [captured, refunded] of [
    [7_801, 0],
    [100, 101],
    [-1, 0],
  ])
    await expect(
      deps.database.sql.query('UPDATE payments SET captured = $2, refunded = $3 WHERE id = $1', [
        sampleId(1),
        captured,
        refunded,
      ]),
    ).rejects.toThrow('payments_amount_check')
})
