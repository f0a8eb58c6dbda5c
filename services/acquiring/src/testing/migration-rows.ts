import type { MigrationRows } from '@slipway/database'
import { sampleId } from './samples.ts'

const payment = (number: number, status: string, captured: number) =>
  `INSERT INTO payments (id, user_id, cart_id, provider, amount, captured, currency, status, expires_at, created_at)
   VALUES ('${sampleId(number)}', '${sampleId(8)}', '${sampleId(number)}', 'sandbox-bank', 7800, ${captured}, 'USD', '${status}',
     '2026-01-01T12:30:00Z', '2026-01-01T12:00:00Z');`

/** Booked from one account to the other, in one transaction as the ledger asks. */
const booking = (
  number: number,
  kind: string,
  paymentId: string,
  debit: string,
  credit: string,
  amount: number,
  reference = `${kind}:${number}`,
) => `
  INSERT INTO ledger_accounts (code, kind, meaning) VALUES ('${debit}', 'asset', ''), ('${credit}', 'asset', '')
    ON CONFLICT DO NOTHING;
  INSERT INTO ledger_transactions (id, reference, kind, payment_id, at)
    VALUES ('${sampleId(number)}', '${reference}', '${kind}', ${paymentId}, '2026-01-01T12:00:00Z');
  INSERT INTO ledger_entries (transaction_id, line, account_code, amount, currency)
    VALUES ('${sampleId(number)}', 1, '${debit}', ${amount}, 'USD'), ('${sampleId(number)}', 2, '${credit}', -${amount}, 'USD');`

const bank = 'provider:sandbox-bank'

export const rows: Record<string, MigrationRows> = {
  '20261127200000_capture_and_reconciliation': {
    before:
      payment(1, 'captured', 7_800) +
      booking(1, 'capture', `'${sampleId(1)}'`, bank, 'customers', 7_800) +
      payment(2, 'requires_action', 0),
    up: {
      query:
        'SELECT status, capture_mode, authorized_until FROM payments WHERE authorized_until = expires_at ORDER BY id',
      rows: ['captured', 'requires_action'].map((status) => ({
        ...{ status, capture_mode: 'automatic' },
        authorized_until: '2026-01-01T12:30:00.000Z',
      })),
    },
    // what the provider kept: of a payment, and of a movement of money that is no payment of ours
    after: booking(3, 'fee', 'NULL', 'fees', bank, 134) + booking(4, 'fee', `'${sampleId(1)}'`, 'fees', bank, 256),
    down: {
      query: `SELECT reference, status, count(*)::int AS lines, sum(e.amount) FILTER (WHERE e.amount > 0) AS amount
              FROM ledger_entries e JOIN ledger_transactions t ON t.id = transaction_id JOIN payments p ON p.id = payment_id
              GROUP BY 1, 2`,
      rows: [{ reference: 'capture:1', status: 'captured', lines: 2, amount: '7800' }],
    },
  },

  // what was extra has come of a payment that the release before was told of and may not know; undone, it is asked about once
  '20261128130000_rechecks': {
    before: `
      INSERT INTO reconciliations (id, provider, "from", "to", started_at)
      VALUES ('${sampleId(5)}', 'sandbox-bank', '2026-01-01', '2026-01-02', now());
      INSERT INTO reconciliation_differences (id, reconciliation_id, kind, reference, payment_id, found_at) VALUES
        ('${sampleId(5)}', '${sampleId(5)}', 'missing', 'capture:1', '${sampleId(1)}', now()),
        ('${sampleId(6)}', '${sampleId(5)}', 'extra', 'capture:2', '${sampleId(2)}', now()),
        ('${sampleId(7)}', '${sampleId(5)}', 'extra', 'nobody', NULL, now())`,
    up: {
      query: 'SELECT payment_id, attempts, due_at <= now() AS due FROM rechecks',
      rows: [{ payment_id: sampleId(2), attempts: 0, due: true }],
    },
    down: {
      query: 'SELECT id, next_check_at <= now() AS due FROM payments ORDER BY id',
      rows: [
        { id: sampleId(1), due: null },
        { id: sampleId(2), due: true },
      ],
    },
  },

  // the release before kept the payer's currency alone; the ledger knows that of the fee
  '20261128131000_fee_currency': {
    before: `
      INSERT INTO settlement_lines (provider, line_id, reconciliation_id, kind, amount, fee, currency, at) VALUES
        ('sandbox-bank', 'a', '${sampleId(5)}', 'charge', 9000, 40, 'JPY', now()),
        ('sandbox-bank', 'b', '${sampleId(5)}', 'charge', 9000, 0, 'JPY', now());
      ${booking(4, 'fee', 'NULL', 'fees', bank, 40, 'fee:sandbox-bank:a')}`,
    up: {
      query: 'SELECT line_id, currency, fee_currency FROM settlement_lines ORDER BY line_id',
      rows: [
        { line_id: 'a', currency: 'JPY', fee_currency: 'USD' },
        { line_id: 'b', currency: 'JPY', fee_currency: null },
      ],
    },
  },
}
