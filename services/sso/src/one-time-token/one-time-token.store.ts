import type { Sql } from '@slipway/database'
import type { Addressee, Purpose } from './one-time-token.ts'

interface NewToken {
  hash: Uint8Array
  purpose: Purpose
  createdAt: Date
  expiresAt: Date
}

export interface OneTimeTokenStore {
  /** Keeps the token and says whose it is; for nobody’s address it keeps one of nobody, which takes just as long. */
  add(token: NewToken, email: string | null): Promise<Addressee | undefined>
  /** Whose token this is while it is good; it stays good. */
  find(hash: Uint8Array, purpose: Purpose, now: Date): Promise<Addressee | undefined>
  /** Uses the token up, with all others of the same user and purpose; undefined when it was not good any more. */
  use(hash: Uint8Array, purpose: Purpose, now: Date): Promise<Addressee | undefined>
  /** Ends all of a user’s tokens of this purpose. */
  endAll(userId: string, purpose: Purpose): Promise<void>
  /** Deletes up to `limit` that expired before then; returns how many. */
  prune(before: Date, limit: number): Promise<number>
}

const good = 'hash = $1 AND purpose = $2 AND expires_at > $3 AND user_id IS NOT NULL'

export function oneTimeTokenStore(sql: Sql): OneTimeTokenStore {
  const endAll = async (userId: string, purpose: Purpose) => {
    await sql.query('DELETE FROM one_time_tokens WHERE user_id = $1 AND purpose = $2', [userId, purpose])
  }

  return {
    async add({ hash, purpose, createdAt, expiresAt }, email) {
      const { rows } = await sql.query<{ userId: string | null; email: string }>(
        `INSERT INTO one_time_tokens (hash, purpose, user_id, email, created_at, expires_at)
         SELECT $1, $2, users.id, users.email, $4, $5 FROM (SELECT $3::text AS email) AS given LEFT JOIN users USING (email)
         RETURNING user_id AS "userId", email`,
        [hash, purpose, email, createdAt, expiresAt],
      )
      const [added] = rows
      return added?.userId ? { userId: added.userId, email: added.email } : undefined
    },
    async find(hash, purpose, now) {
      const { rows } = await sql.query<Addressee>(
        `SELECT user_id AS "userId", email FROM one_time_tokens WHERE ${good}`,
        [hash, purpose, now],
      )
      return rows[0]
    },
    async use(hash, purpose, now) {
      const { rows } = await sql.query<Addressee>(
        `DELETE FROM one_time_tokens WHERE ${good} RETURNING user_id AS "userId", email`,
        [hash, purpose, now],
      )
      const [used] = rows
      if (used) await endAll(used.userId, purpose)
      return used
    },
    endAll,
    async prune(before, limit) {
      const { rowCount } = await sql.query(
        `DELETE FROM one_time_tokens WHERE hash IN
           (SELECT hash FROM one_time_tokens WHERE expires_at < $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [before, limit],
      )
      return rowCount ?? 0
    },
  }
}
