import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

/** The last access token of an erased user may make a cart until it expires. */
const tokensLiveMs = 3_600_000

export interface ErasureStore {
  /** From now on the user is being forgotten. */
  ask(userId: string): Promise<void>
  /** Deletes the open carts of those who are being forgotten. Locked ones wait for their payment, paid ones are sales. */
  forget(): Promise<void>
  /** Ends the erasures after which nothing can be left. */
  finish(): Promise<void>
}

export const erasureStore = (sql: Sql, { clock }: { clock: Clock }): ErasureStore => ({
  async ask(userId) {
    await sql.query('INSERT INTO erasures (user_id, asked_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      userId,
      clock.now(),
    ])
  },
  async forget() {
    const { rows } = await sql.query<{ id: string }>(
      `SELECT id FROM carts WHERE user_id IN (SELECT user_id FROM erasures) AND status = 'open' ORDER BY id FOR UPDATE`,
    )
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return
    await sql.query('DELETE FROM cart_lines WHERE cart_id = ANY ($1)', [ids])
    await sql.query('DELETE FROM carts WHERE id = ANY ($1)', [ids])
  },
  async finish() {
    await sql.query(
      `DELETE FROM erasures e WHERE asked_at <= $1
         AND NOT EXISTS (SELECT FROM carts c WHERE c.user_id = e.user_id AND c.status <> 'paid')`,
      [new Date(clock.now().getTime() - tokensLiveMs)],
    )
  },
})
