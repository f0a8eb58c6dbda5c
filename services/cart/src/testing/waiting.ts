import type { Sql } from '@slipway/database'
import { expect, vi } from 'vitest'

/** Until another connection waits for a lock that this transaction holds. */
export const someoneWaits = (sql: Sql) =>
  vi.waitFor(async () => {
    const { rows } = await sql.query(
      'SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
    )
    expect(rows).not.toHaveLength(0)
  }, 30_000)
