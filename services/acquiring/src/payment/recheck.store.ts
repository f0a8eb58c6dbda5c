import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

/** The provider is to be asked about a payment, open or not, until it has answered. */
export interface Recheck {
  readonly paymentId: string
  /** Another one each time it is asked for: an answer ends only what was asked for before. */
  readonly token: string
}

export interface RecheckStore {
  /** Due at once, however often it was tried before. */
  ask(paymentId: string): Promise<Recheck>
  /** Those to do now; each is due again later unless it is done. The others of this moment are left to whoever has them. */
  takeDue(limit: number): Promise<Recheck[]>
  /** The provider has answered; what was asked for meanwhile stays. */
  done(recheck: Recheck): Promise<void>
}

/** Seconds at first, then up to ten minutes. */
const backoff = `least(600, 5 * 2 ^ least(attempts, 10)) * interval '1 second'`

export const recheckStore = (sql: Sql, clock: Clock, newId: () => string): RecheckStore => ({
  async ask(paymentId) {
    const token = newId()
    await sql.query(
      `INSERT INTO rechecks (payment_id, token, due_at) VALUES ($1, $2, $3)
       ON CONFLICT (payment_id) DO UPDATE SET token = $2, due_at = $3, attempts = 0`,
      [paymentId, token, clock.now()],
    )
    return { paymentId, token }
  },

  async takeDue(limit) {
    const { rows } = await sql.query<Recheck>(
      `UPDATE rechecks SET attempts = attempts + 1, due_at = $1::timestamptz + ${backoff}
       WHERE payment_id IN (
         SELECT payment_id FROM rechecks WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING payment_id AS "paymentId", token`,
      [clock.now(), limit],
    )
    return rows
  },

  async done({ paymentId, token }) {
    await sql.query('DELETE FROM rechecks WHERE payment_id = $1 AND token = $2', [paymentId, token])
  },
})
