import type { Difference } from '@slipway/contracts/acquiring'
import { money } from '@slipway/contracts/primitives'
import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { SettlementLine } from '../provider/payment-provider.ts'
import type { Booked, NewDifference } from './match.ts'

/** One period of one provider's settlement, taken page by page. */
export interface Reconciliation {
  readonly id: string
  readonly provider: string
  readonly from: Date
  readonly to: Date
  readonly status: 'running' | 'completed'
  readonly cursor: string | null
  /** Pages taken: who comes late with a page finds out. */
  readonly pages: number
}

type Period = Pick<Reconciliation, 'from' | 'to'>

export interface ReconciliationStore {
  /** The end of the newest period, or the time of the provider's first booking; undefined when there is nothing yet. */
  beginning(provider: string): Promise<{ after?: Date; first?: Date }>
  /** The period that was begun and not finished. */
  running(provider: string): Promise<Reconciliation | undefined>
  start(provider: string, period: Period): Promise<Reconciliation>
  lock(id: string): Promise<Reconciliation | undefined>
  /** False when the line was told before. */
  addLine(of: Reconciliation, line: SettlementLine, reference: string | undefined): Promise<boolean>
  booked(provider: string, reference: string): Promise<Booked | undefined>
  wasMissing(reference: string): Promise<boolean>
  /** Bookings of the period that no line has told of; those after `after`. */
  unsettled(provider: string, period: Period, limit: number, after?: string): Promise<Booked[]>
  /** Its id; undefined when it is known already. */
  addDifference(of: Reconciliation, difference: NewDifference): Promise<string | undefined>
  advance(id: string, page: { cursor?: string; lines: number; matched: number }): Promise<void>
  complete(id: string): Promise<void>
}

interface BookedRow {
  reference: string
  payment_id: string | null
  amount: string
  currency: string
  at: Date
}

const columns = 'id, provider, "from", "to", status, cursor, pages'
const atProvider = (column: string) => `'provider:' || ${column}`
const toBooked = ({ reference, payment_id, amount, currency, at }: BookedRow): Booked => ({
  ...{ reference, at },
  paymentId: payment_id ?? undefined,
  amount: money(amount, currency),
})

export function reconciliationStore(sql: Sql, clock: Clock, newId: () => string): ReconciliationStore {
  const one = async <Row extends object>(text: string, values: readonly unknown[]) =>
    (await sql.query<Row>(text, values)).rows[0]

  return {
    async beginning(provider) {
      const row = await one<{ after: Date | null; first: Date | null }>(
        // payments are only looked through until there is a first period
        `SELECT after, CASE WHEN after IS NULL THEN (SELECT min(created_at) FROM payments WHERE provider = $1) END AS first
         FROM (SELECT max("to") AS after FROM reconciliations WHERE provider = $1) periods`,
        [provider],
      )
      return { after: row?.after ?? undefined, first: row?.first ?? undefined }
    },

    running: (provider) =>
      one(`SELECT ${columns} FROM reconciliations WHERE provider = $1 AND status = 'running' ORDER BY "from" LIMIT 1`, [
        provider,
      ]),

    // another worker may begin it at the same moment
    async start(provider, { from, to }) {
      await sql.query(
        `INSERT INTO reconciliations (id, provider, "from", "to", started_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (provider, "from") DO NOTHING`,
        [newId(), provider, from, to, clock.now()],
      )
      return (await one<Reconciliation>(`SELECT ${columns} FROM reconciliations WHERE provider = $1 AND "from" = $2`, [
        ...[provider, from],
      ]))!
    },

    lock: (id) => one(`SELECT ${columns} FROM reconciliations WHERE id = $1 FOR UPDATE`, [id]),

    async addLine({ id, provider }, { id: lineId, kind, amount, fee, at }, reference) {
      const { rowCount } = await sql.query(
        `INSERT INTO settlement_lines (provider, line_id, reconciliation_id, kind, reference, amount, currency, fee,
           fee_currency, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
        [...[provider, lineId, id, kind, reference, amount.amount, amount.currency], ...[fee.amount, fee.currency, at]],
      )
      return rowCount === 1
    },

    async booked(provider, reference) {
      const row = await one<BookedRow>(
        `SELECT t.reference, t.payment_id, e.amount, e.currency, t.at
         FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id AND e.account_code = ${atProvider('$1')}
         WHERE t.reference = $2`,
        [provider, reference],
      )
      return row && toBooked(row)
    },

    async wasMissing(reference) {
      return (
        (await one(`SELECT 1 FROM reconciliation_differences WHERE kind = 'missing' AND reference = $1`, [
          reference,
        ])) !== undefined
      )
    },

    async unsettled(provider, { from, to }, limit, after) {
      const { rows } = await sql.query<BookedRow>(
        `SELECT t.reference, t.payment_id, e.amount, e.currency, t.at
         FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id AND e.account_code = ${atProvider('$1')}
         WHERE t.at >= $2 AND t.at < $3 AND t.kind <> 'fee' AND ($4::text IS NULL OR t.reference > $4)
           AND NOT EXISTS (SELECT FROM settlement_lines l WHERE l.provider = $1 AND l.reference = t.reference)
         ORDER BY t.reference LIMIT $5`,
        [provider, from, to, after, limit],
      )
      return rows.map(toBooked)
    },

    async addDifference(of, { kind, reference, paymentId, expected, actual }) {
      const row = await one<Pick<Difference, 'id'>>(
        `INSERT INTO reconciliation_differences (id, reconciliation_id, kind, reference, payment_id, expected,
           expected_currency, actual, actual_currency, found_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (kind, reference) DO NOTHING RETURNING id`,
        [
          ...[newId(), of.id, kind, reference, paymentId, expected?.amount, expected?.currency],
          ...[actual?.amount, actual?.currency, clock.now()],
        ],
      )
      return row?.id
    },

    async advance(id, { cursor, lines, matched }) {
      await sql.query(
        `UPDATE reconciliations SET cursor = $2, pages = pages + 1, lines = lines + $3, matched = matched + $4 WHERE id = $1`,
        [id, cursor ?? null, lines, matched],
      )
    },

    async complete(id) {
      await sql.query(`UPDATE reconciliations SET status = 'completed', completed_at = $2 WHERE id = $1`, [
        ...[id, clock.now()],
      ])
    },
  }
}
