import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { Waiting } from './file-metrics.ts'

const open = ['reserved', 'uploaded', 'checking']

// answered by the index on the status, however many files there are: what is settled is not looked at
const counts = 'SELECT status, count(*)::int AS count FROM files WHERE status = ANY ($1) GROUP BY status'
const oldest = `
  SELECT extract(epoch FROM $1::timestamptz - min(created_at))::float8 AS age FROM files
  WHERE status IN ('uploaded', 'checking')`

export async function waitingNow(database: Sql, clock: Clock): Promise<Waiting> {
  const counted = await database.query<{ status: string; count: number }>(counts, [open])
  const { rows } = await database.query<{ age: number | null }>(oldest, [clock.now()])
  const found = Object.fromEntries(counted.rows.map(({ status, count }) => [status, count]))
  return {
    open: Object.fromEntries(open.map((status) => [status, found[status] ?? 0])),
    uncheckedAgeSeconds: Math.max(0, rows[0]?.age ?? 0),
  }
}
