import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

/** Who erased themselves, so that nothing about them is kept again: events come in any order, and some long afterwards. */
export interface ErasureStore {
  /** Waits for transactions that keep something about the user; those after this one will not. */
  ask(userId: string): Promise<void>
  /** Whether nothing may be kept about the user. It stays so until this transaction is over. */
  isAsked(userId: string): Promise<boolean>
  /** Ends those that were asked for before. */
  prune(before: Date): Promise<void>
}

const key = (userId: string) => [`erasure of ${userId}`]

export const erasureStore = (sql: Sql, { clock }: { clock: Clock }): ErasureStore => ({
  async ask(userId) {
    await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', key(userId))
    await sql.query('INSERT INTO erasures (user_id, asked_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      userId,
      clock.now(),
    ])
  },

  async isAsked(userId) {
    await sql.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', key(userId))
    // a statement of its own, or it would not see what it waited for
    const { rowCount } = await sql.query('SELECT FROM erasures WHERE user_id = $1', [userId])
    return rowCount !== 0
  },

  async prune(before) {
    await sql.query('DELETE FROM erasures WHERE asked_at < $1', [before])
  },
})
