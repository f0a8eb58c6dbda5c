import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

export interface DoomedObject {
  key: string
  /** Until then something may still be put there: it is deleted again. */
  until: Date
  attempts: number
}

/**
 * Objects that are to be deleted, noted in the transaction that makes them useless; and, before it is written, one that
 * is not known to be needed yet. So no crash leaves one behind.
 */
export interface DoomedStore {
  /** To be deleted from `at` on (now unless given). */
  add(key: string, times?: { at?: Date; until?: Date }): Promise<void>
  /** It is needed after all. False when its deletion has begun. */
  spare(key: string): Promise<boolean>
  /** Those that are due; nobody else gets them until `leaseUntil`, and they cannot be spared any more. */
  takeDue(limit: number, leaseUntil: Date): Promise<DoomedObject[]>
  /** Deleted for good, or to be deleted again at `again`. */
  done(key: string, again: Date | undefined): Promise<void>
}

export function doomedStore(sql: Sql, clock: Clock): DoomedStore {
  return {
    async add(key, { at = clock.now(), until = at } = {}) {
      await sql.query(
        `INSERT INTO doomed_objects (key, due_at, until) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET due_at = least(doomed_objects.due_at, excluded.due_at),
           until = greatest(doomed_objects.until, excluded.until)`,
        [key, at, until],
      )
    },

    async spare(key) {
      return (await sql.query('DELETE FROM doomed_objects WHERE key = $1 AND NOT taken', [key])).rowCount === 1
    },

    async takeDue(limit, leaseUntil) {
      const { rows } = await sql.query<DoomedObject>(
        `UPDATE doomed_objects SET taken = true, attempts = attempts + 1, due_at = $3
         WHERE key IN (SELECT key FROM doomed_objects WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING key, until, attempts`,
        [clock.now(), limit, leaseUntil],
      )
      return rows
    },

    async done(key, again) {
      if (again) await sql.query('UPDATE doomed_objects SET due_at = $2 WHERE key = $1', [key, again])
      else await sql.query('DELETE FROM doomed_objects WHERE key = $1', [key])
    },
  }
}
