import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { Waiting } from './payment-metrics.ts'

const open = ['created', 'requires_action', 'authorized', 'unknown']

// each is answered by a partial index, however many payments there are: what is over is in none of them
const sql = `
  SELECT (SELECT json_object_agg(status, count) FROM (
            SELECT status, count(*) FROM payments
            WHERE status IN ('created', 'requires_action', 'authorized', 'unknown') GROUP BY status) counted) AS open,
         (SELECT created_at FROM payments WHERE status = 'unknown' ORDER BY id LIMIT 1) AS unknown_since,
         (SELECT min(created_at) FROM refunds WHERE next_attempt_at IS NOT NULL) AS refund_since,
         (SELECT count(*)::int FROM refunds WHERE next_attempt_at IS NOT NULL) AS refunds`

interface Row {
  open: Record<string, number> | null
  unknown_since: Date | null
  refund_since: Date | null
  refunds: number
}

export async function waitingNow(database: Sql, clock: Clock): Promise<Waiting> {
  const { rows } = await database.query<Row>(sql)
  const [row] = rows
  const age = (since?: Date | null) => (since ? Math.max(0, clock.now().getTime() - since.getTime()) / 1_000 : 0)
  return {
    open: Object.fromEntries(open.map((status) => [status, row?.open?.[status] ?? 0])),
    unknownAgeSeconds: age(row?.unknown_since),
    refundAgeSeconds: age(row?.refund_since),
    refunds: row?.refunds ?? 0,
  }
}
