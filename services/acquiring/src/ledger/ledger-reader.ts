import type { LedgerAccount, LedgerTransaction } from '@slipway/contracts/acquiring'
import { money } from '@slipway/contracts/primitives'
import type { Sql } from '@slipway/database'

export interface LedgerReader {
  /** By code, those after `after`, with what is on them. */
  accounts(page: { limit: number; after?: string }): Promise<LedgerAccount[]>
  /** Newest first, those before `before`; of one payment where it is told. */
  transactions(page: { limit: number; before?: string; paymentId?: string }): Promise<LedgerTransaction[]>
}

interface TransactionRow {
  id: string
  reference: string
  kind: string
  payment_id: string | null
  refund_id: string | null
  at: Date
  entries: { account: string; amount: string; currency: string }[]
}

export const ledgerReader = (sql: Sql): LedgerReader => ({
  async accounts({ limit, after }) {
    const { rows } = await sql.query<LedgerAccount & { balances: { amount: string; currency: string }[] }>(
      `SELECT account.code, account.kind, account.meaning, coalesce((
         SELECT json_agg(json_build_object('amount', total.amount::text, 'currency', total.currency) ORDER BY total.currency)
         FROM (SELECT sum(amount) AS amount, currency FROM ledger_entries WHERE account_code = account.code GROUP BY currency) AS total
       ), '[]') AS balances
       FROM ledger_accounts AS account WHERE $1::text IS NULL OR account.code > $1 ORDER BY account.code LIMIT $2`,
      [after, limit],
    )
    return rows.map((row) => ({
      ...row,
      balances: row.balances.map(({ amount, currency }) => money(amount, currency)),
    }))
  },

  async transactions({ limit, before, paymentId }) {
    const { rows } = await sql.query<TransactionRow>(
      `SELECT t.id, t.reference, t.kind, t.payment_id, t.refund_id, t.at, (
         SELECT json_agg(json_build_object('account', e.account_code, 'amount', e.amount::text, 'currency', e.currency) ORDER BY e.line)
         FROM ledger_entries e WHERE e.transaction_id = t.id) AS entries
       FROM ledger_transactions t
       WHERE ($1::uuid IS NULL OR t.id < $1) AND ($2::uuid IS NULL OR t.payment_id = $2) ORDER BY t.id DESC LIMIT $3`,
      [before, paymentId, limit],
    )
    return rows.map(({ id, reference, kind, payment_id, refund_id, at, entries }) => ({
      ...{ id, reference, kind },
      ...(payment_id !== null && { paymentId: payment_id }),
      ...(refund_id !== null && { refundId: refund_id }),
      at: at.toISOString(),
      entries: entries.map(({ account, amount, currency }) => ({ account, amount: money(amount, currency) })),
    }))
  },
})
