import type { Difference, Reconciliation } from '@slipway/contracts/acquiring'
import { money, type Money } from '@slipway/contracts/primitives'
import type { Sql } from '@slipway/database'

export interface ReconciliationReader {
  /** Newest first, those before `before`. */
  list(page: { limit: number; before?: string }): Promise<Reconciliation[]>
  /** Of one reconciliation, oldest first, those after `after`. */
  differences(page: { reconciliationId: string; limit: number; after?: string }): Promise<Difference[]>
}

interface Row {
  id: string
  provider: string
  from: Date
  to: Date
  status: Reconciliation['status']
  lines: number
  matched: number
  started_at: Date
  completed_at: Date | null
  differences: string
  fees: { amount: string; currency: string }[]
}

interface DifferenceRow {
  id: string
  reconciliation_id: string
  kind: Difference['kind']
  reference: string
  payment_id: string | null
  expected: string | null
  expected_currency: string | null
  actual: string | null
  actual_currency: string | null
  found_at: Date
}

const shown = 20

const moneyOr = (amount: string | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : money(amount, currency)

const toDifference = (row: DifferenceRow): Difference => ({
  ...{ id: row.id, reconciliationId: row.reconciliation_id, kind: row.kind, reference: row.reference },
  ...(row.payment_id !== null && { paymentId: row.payment_id }),
  expected: moneyOr(row.expected, row.expected_currency),
  actual: moneyOr(row.actual, row.actual_currency),
  foundAt: row.found_at.toISOString(),
})

export function reconciliationReader(sql: Sql): ReconciliationReader {
  const differences: ReconciliationReader['differences'] = async ({ reconciliationId, limit, after }) => {
    const { rows } = await sql.query<DifferenceRow>(
      `SELECT * FROM reconciliation_differences WHERE reconciliation_id = $1 AND ($2::uuid IS NULL OR id > $2)
       ORDER BY id LIMIT $3`,
      [reconciliationId, after, limit],
    )
    return rows.map(toDifference)
  }
  return {
    differences,
    async list({ limit, before }) {
      const { rows } = await sql.query<Row>(
        `SELECT r.*, (SELECT count(*) FROM reconciliation_differences d WHERE d.reconciliation_id = r.id) AS differences,
           coalesce((SELECT json_agg(json_build_object('amount', f.amount::text, 'currency', f.currency)) FROM (
             SELECT sum(fee) AS amount, coalesce(fee_currency, currency) AS currency FROM settlement_lines l
             WHERE l.reconciliation_id = r.id GROUP BY 2 ORDER BY 2) f), '[]') AS fees
         FROM reconciliations r WHERE $1::uuid IS NULL OR r.id < $1 ORDER BY r.id DESC LIMIT $2`,
        [before, limit],
      )
      return Promise.all(
        rows.map(async ({ id, provider, from, to, status, lines, matched, ...row }) => ({
          ...{ id, provider, status, lines, matched, from: from.toISOString(), to: to.toISOString() },
          fees: row.fees.map(({ amount, currency }) => money(amount, currency)),
          differenceCount: Number(row.differences),
          differences: await differences({ reconciliationId: id, limit: shown }),
          startedAt: row.started_at.toISOString(),
          ...(row.completed_at && { completedAt: row.completed_at.toISOString() }),
        })),
      )
    },
  }
}
