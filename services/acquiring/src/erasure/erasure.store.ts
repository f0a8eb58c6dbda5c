import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

/** The last access token of an erased user may ask for a payment until it expires. */
const tokensLiveMs = 3_600_000

export interface ErasureStore {
  /** From now on the user is being forgotten. */
  ask(userId: string): Promise<void>
  /**
   * Of those who are being forgotten: addresses of pages and words of refunds go as soon as nobody needs them. Amounts,
   * dates, history and ledger stay as the law wants it, under an id that means nobody any more.
   */
  forget(): Promise<void>
  /** Deletes their kept answers, and ends the erasures after which nothing can be left. */
  finish(): Promise<void>
}

const forgotten = 'user_id IN (SELECT user_id FROM erasures)'
const isAsked = '(p.next_check_at IS NOT NULL OR EXISTS (SELECT FROM rechecks r WHERE r.payment_id = p.id))'

export const erasureStore = (sql: Sql, clock: Clock): ErasureStore => ({
  async ask(userId) {
    await sql.query('INSERT INTO erasures (user_id, asked_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      userId,
      clock.now(),
    ])
  },
  async forget() {
    await sql.query(
      `UPDATE payments p SET url = NULL, return_url = NULL
       WHERE ${forgotten} AND NOT ${isAsked} AND (url IS NOT NULL OR return_url IS NOT NULL)`,
    )
    await sql.query(
      `UPDATE refunds SET reason = 'erased' WHERE payment_id IN (SELECT id FROM payments WHERE ${forgotten})
         AND next_attempt_at IS NULL AND reason <> 'erased'`,
    )
  },
  async finish() {
    const { rows } = await sql.query<{ userId: string }>(
      `DELETE FROM erasures e WHERE asked_at <= $1
         AND NOT EXISTS (SELECT FROM payments p WHERE p.user_id = e.user_id AND ${isAsked})
         AND NOT EXISTS (SELECT FROM refunds r JOIN payments p ON p.id = r.payment_id
                         WHERE p.user_id = e.user_id AND r.next_attempt_at IS NOT NULL)
       RETURNING user_id AS "userId"`,
      [new Date(clock.now().getTime() - tokensLiveMs)],
    )
    if (rows.length === 0) return
    await sql.query('DELETE FROM idempotency_keys WHERE caller_id = ANY ($1)', [rows.map(({ userId }) => userId)])
  },
})
