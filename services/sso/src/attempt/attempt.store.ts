import type { Sql } from '@slipway/database'
import type { Counter } from './attempt.ts'

/** Counters in the database: they survive a restart and are the same for every replica. */
export interface AttemptStore {
  find(keys: readonly string[]): Promise<Counter[]>
  /** Adds one to each; a counter whose last event was before `forgetBefore` starts again. */
  add(keys: readonly string[], at: Date, forgetBefore: Date): Promise<void>
  /** Adds one and returns the count; a counter that began before `windowStart` starts again. */
  addInWindow(key: string, at: Date, windowStart: Date): Promise<Counter>
  clear(key: string): Promise<void>
  /** Clears a counter and those of its parts (`key:...`). */
  clearAll(key: string): Promise<void>
  /** Deletes up to `limit` counters without an event since `before`; returns how many. */
  prune(before: Date, limit: number): Promise<number>
}

const columns = 'key, count, first_at AS "firstAt", last_at AS "lastAt"'

export function attemptStore(sql: Sql): AttemptStore {
  return {
    async find(keys) {
      const { rows } = await sql.query<Counter>(`SELECT ${columns} FROM attempts WHERE key = ANY ($1)`, [keys])
      return rows
    },
    async add(keys, at, forgetBefore) {
      // in one order everywhere: two requests that share both keys cannot wait for each other
      await sql.query(
        `INSERT INTO attempts AS a (key, count, first_at, last_at)
         SELECT key, 1, $2, $2 FROM unnest($1::text[]) AS key ORDER BY key
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN a.last_at < $3 THEN 1 ELSE a.count + 1 END,
           first_at = CASE WHEN a.last_at < $3 THEN excluded.first_at ELSE a.first_at END,
           last_at = greatest(a.last_at, excluded.last_at)`,
        [keys, at, forgetBefore],
      )
    },
    async addInWindow(key, at, windowStart) {
      const { rows } = await sql.query<Counter>(
        `INSERT INTO attempts AS a (key, count, first_at, last_at) VALUES ($1, 1, $2, $2)
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN a.first_at <= $3 THEN 1 ELSE a.count + 1 END,
           first_at = CASE WHEN a.first_at <= $3 THEN excluded.first_at ELSE a.first_at END,
           last_at = greatest(a.last_at, excluded.last_at)
         RETURNING ${columns}`,
        [key, at, windowStart],
      )
      return rows[0]!
    },
    async clear(key) {
      await sql.query('DELETE FROM attempts WHERE key = $1', [key])
    },
    async clearAll(key) {
      await sql.query(`DELETE FROM attempts WHERE key = $1 OR starts_with(key, $1 || ':')`, [key])
    },
    async prune(before, limit) {
      const { rowCount } = await sql.query(
        `DELETE FROM attempts WHERE key IN
           (SELECT key FROM attempts WHERE last_at < $1 ORDER BY last_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [before, limit],
      )
      return rowCount ?? 0
    },
  }
}
