import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { Waiting } from './payment-metrics.ts'

const open = ['created', 'requires_action', 'authorized', 'unknown']

// each is answered by a partial index, however many payments there are: what is over is in none of them
const sql = `
  SELECT (SELECT json_object_agg(status, count) FROM (
            SELECT status, count(*) FROM payments
            WHERE status IN ('created', 'requires_action', 'authorized', 'unknown') GROUP BY status) counted) AS open,
         (SELECT extract(epoch FROM $1::timestamptz - created_at)::float8 FROM payments
          WHERE status = 'unknown' ORDER BY id LIMIT 1) AS unknown_age,
         (SELECT extract(epoch FROM $1::timestamptz - min(created_at))::float8 FROM refunds
          WHERE next_attempt_at IS NOT NULL) AS refund_age,
         (SELECT count(*)::int FROM refunds WHERE next_attempt_at IS NOT NULL) AS refunds`

interface Row {
  open: Record<string, number> | null
  unknown_age: number | null
  refund_age: number | null
  refunds: number
}

export async function waitingNow(database: Sql, clock: Clock): Promise<Waiting> {
  const { rows } = await database.query<Row>(sql, [clock.now()])
  const [row] = rows
  return {
    open: Object.fromEntries(open.map((status) => [status, row?.open?.[status] ?? 0])),
    unknownAgeSeconds: Math.max(0, row?.unknown_age ?? 0),
    refundAgeSeconds: Math.max(0, row?.refund_age ?? 0),
    refunds: row?.refunds ?? 0,
  }
}
