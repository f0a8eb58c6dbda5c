import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

/** The last access token of an erased user may upload until it expires. */
const tokensLiveMs = 3_600_000

export interface ErasureStore {
  /** From now on the user is being forgotten. */
  ask(userId: string): Promise<void>
  /** The users who are being forgotten. */
  list(): Promise<string[]>
  /** Ends the erasures after which nothing can come any more. */
  finish(): Promise<void>
}

export const erasureStore = (sql: Sql, clock: Clock): ErasureStore => ({
  async ask(userId) {
    await sql.query('INSERT INTO erasures (user_id, asked_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      userId,
      clock.now(),
    ])
  },
  async list() {
    const { rows } = await sql.query<{ userId: string }>('SELECT user_id AS "userId" FROM erasures ORDER BY asked_at')
    return rows.map(({ userId }) => userId)
  },
  async finish() {
    await sql.query('DELETE FROM erasures WHERE asked_at <= $1', [new Date(clock.now().getTime() - tokensLiveMs)])
  },
})
