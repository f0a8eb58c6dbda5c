import type { Sql } from '@slipway/database'
import { expect, vi } from 'vitest'

/** Until so many connections wait for locks that this transaction holds; in the database of a fresh test. */
export const waiters = (sql: Sql, count: number) =>
  vi.waitFor(async () => {
    await sql.query('SELECT pg_stat_clear_snapshot()')
    const { rowCount } = await sql.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    expect(rowCount).toBe(count)
  }, 30_000)
