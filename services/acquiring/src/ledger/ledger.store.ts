import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { Booking } from './booking.ts'

export interface LedgerStore {
  /** Writes one transaction for good. What is booked already, or does not sum to zero, is refused by the database. */
  book(paymentId: string | undefined, booking: Booking): Promise<void>
}

// one statement: an account is made by the first booking that needs it
const book = `
  WITH account AS (
    INSERT INTO ledger_accounts (code, kind, meaning)
    SELECT DISTINCT * FROM unnest($7::text[], $8::text[], $9::text[]) ON CONFLICT DO NOTHING
  ), transaction AS (
    INSERT INTO ledger_transactions (id, reference, kind, payment_id, refund_id, at) VALUES ($1, $2, $3, $4, $5, $6)
  )
  INSERT INTO ledger_entries (transaction_id, line, account_code, amount, currency)
  SELECT $1, line, code, amount, currency
  FROM unnest($7::text[], $10::bigint[], $11::text[]) WITH ORDINALITY AS entry (code, amount, currency, line)`

export const ledgerStore = (sql: Sql, clock: Clock, newId: () => string): LedgerStore => ({
  async book(paymentId, { kind, reference, refundId, entries }) {
    const accounts = entries.map(({ account }) => account)
    const amounts = entries.map(({ amount }) => amount)
    await sql.query(book, [
      ...[newId(), reference, kind, paymentId, refundId, clock.now()],
      ...[accounts.map(({ code }) => code), accounts.map((account) => account.kind)],
      accounts.map(({ meaning }) => meaning),
      ...[amounts.map(({ amount }) => amount), amounts.map(({ currency }) => currency)],
    ])
  },
})
