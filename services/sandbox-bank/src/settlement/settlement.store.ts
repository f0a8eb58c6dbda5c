import { money } from '@slipway/contracts/primitives'
import type { SettlementLine } from '@slipway/contracts/sandbox-bank'
import type { Sql } from '@slipway/database'

export interface Period {
  readonly from: Date
  readonly to: Date
}

interface Row {
  id: string
  kind: SettlementLine['kind']
  page_id: string
  reference: string
  refund_id: string | null
  amount: string
  fee: string
  currency: string
  at: Date
}

/** What moves away from the merchant is negative. Ordered by time, then by id, which a cursor names. */
const movements = `
  SELECT moved.*, pages.reference FROM (
    SELECT id, 'charge' AS kind, page_id, NULL AS refund_id, amount, fee, currency, created_at AS at FROM charges
    WHERE created_at >= $1 AND created_at < $2
    UNION ALL
    SELECT id, 'refund', page_id, idempotency_key, -amount, 0, currency, created_at FROM refunds
    WHERE created_at >= $1 AND created_at < $2
    UNION ALL
    SELECT charge_back_id, 'chargeback', page_id, NULL, -charged_back, 0, currency, charged_back_at FROM charges
    WHERE charged_back_at >= $1 AND charged_back_at < $2
  ) AS moved JOIN pages ON pages.id = moved.page_id
  WHERE $3::timestamptz IS NULL OR (moved.at, moved.id) > ($3, $4::uuid)
  ORDER BY moved.at, moved.id LIMIT $5`

/** Every movement of money, read from where it is kept: nothing can be forgotten or told twice. */
export class SettlementStore {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async lines({ from, to }: Period, limit: number, after?: string): Promise<SettlementLine[]> {
    const [ms, id] = after?.split('_') ?? []
    const since = ms === undefined ? null : new Date(Number(ms))
    const { rows } = await this.#sql.query<Row>(movements, [from, to, since, id ?? null, limit])
    return rows.map(toLine)
  }
}

/** Names a line, so that the next page begins after it. */
export const cursorOf = ({ at, id }: SettlementLine) => `${new Date(at).getTime()}_${id}`

const toLine = (row: Row): SettlementLine => ({
  id: row.id,
  kind: row.kind,
  pageId: row.page_id,
  reference: row.reference,
  ...(row.refund_id !== null && { refundId: row.refund_id }),
  amount: money(row.amount, row.currency),
  fee: money(row.fee, row.currency),
  at: row.at.toISOString(),
})
