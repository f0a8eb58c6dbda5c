import type { Sql } from '@slipway/database'
import type { RefreshToken } from './refresh-token.ts'
import type { EndReason, Session } from './session.ts'

export interface Account {
  id: string
  passwordHash: string
  /** Whether it has been logged in to from this network before. */
  known: boolean
  passwordChangedAt: Date | null
}

interface Rotation {
  /** SHA-256 of the token that was presented. */
  from: Uint8Array
  to: Uint8Array
  sealed: Uint8Array
}

export interface SessionStore {
  /** Whom a password is checked for; one statement, whether there is such a user or not. */
  account(email: string, network: string): Promise<Account | undefined>
  /** Keeps the password from being changed until the transaction ends; false when it is another one already. */
  holdPassword(account: Pick<Account, 'id' | 'passwordChangedAt'>): Promise<boolean>
  /** Ids of all admins, none of whom others can change until the transaction ends. */
  lockAdmins(): Promise<string[]>
  start(session: Session, tokenHash: Uint8Array): Promise<void>
  /** The session of a refresh token, locked: one at a time changes a family. */
  lockByToken(tokenHash: Uint8Array): Promise<Session | undefined>
  token(hash: Uint8Array): Promise<RefreshToken | undefined>
  find(id: string): Promise<Session | undefined>
  rotate(session: Session, rotation: Rotation): Promise<void>
  /** Ends one session that is not over; false when there is none. */
  end(session: { id: string; userId: string }, reason: EndReason, at: Date): Promise<boolean>
  /** Ends all of a user’s sessions, but for one where that is given. */
  endAll(userId: string, reason: EndReason, at: Date, but?: string): Promise<void>
  /** Sessions that are not over, oldest first. */
  live(userId: string, page: { after?: string; limit: number }, now: Date): Promise<Session[]>
  /** Deletes up to `limit` sessions that were over by then; returns how many. */
  prune(before: Date, limit: number): Promise<number>
}

const columns = `id, user_id AS "userId", client_id AS "clientId", user_agent AS "userAgent", address, network,
  created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", ended_at AS "endedAt",
  end_reason AS "endReason"`

/** Plain SQL: all of it locks rows, or changes them only while they are as expected. */
export function sessionStore(sql: Sql): SessionStore {
  return {
    async account(email, network) {
      const { rows } = await sql.query<Account>(
        `SELECT id, password_hash AS "passwordHash", password_changed_at AS "passwordChangedAt",
           EXISTS (SELECT FROM sessions WHERE user_id = users.id AND network = $2) AS known
         FROM users WHERE email = $1`,
        [email, network],
      )
      return rows[0]
    },
    async holdPassword({ id, passwordChangedAt }) {
      const { rowCount } = await sql.query(
        'SELECT FROM users WHERE id = $1 AND password_changed_at IS NOT DISTINCT FROM $2 FOR SHARE',
        [id, passwordChangedAt],
      )
      return rowCount === 1
    },
    async lockAdmins() {
      const { rows } = await sql.query<{ id: string }>(
        `SELECT id FROM users WHERE 'admin' = ANY (roles) ORDER BY id FOR UPDATE`,
      )
      return rows.map(({ id }) => id)
    },
    async start(session, tokenHash) {
      const { id, userId, clientId, userAgent, address, network, createdAt, lastUsedAt, expiresAt } = session
      await sql.query(
        `WITH started AS (
           INSERT INTO sessions (id, user_id, client_id, user_agent, address, network, created_at, last_used_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)
         INSERT INTO refresh_tokens (hash, session_id, issued_at) SELECT $10, id, $7 FROM started`,
        [id, userId, clientId, userAgent, address, network, createdAt, lastUsedAt, expiresAt, tokenHash],
      )
    },
    async lockByToken(tokenHash) {
      const { rows } = await sql.query<Session>(
        `SELECT ${columns} FROM sessions
         WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = $1) FOR UPDATE`,
        [tokenHash],
      )
      return rows[0]
    },
    async token(hash) {
      const { rows } = await sql.query<RefreshToken>(
        'SELECT hash, session_id AS "sessionId", rotated_at AS "rotatedAt", successor FROM refresh_tokens WHERE hash = $1',
        [hash],
      )
      return rows[0]
    },
    async find(id) {
      const { rows } = await sql.query<Session>(`SELECT ${columns} FROM sessions WHERE id = $1`, [id])
      return rows[0]
    },
    async rotate({ id, lastUsedAt, expiresAt }, { from, to, sealed }) {
      // the presented token is in use now: whoever still holds its predecessor gets no answer any more
      await sql.query('UPDATE refresh_tokens SET successor = NULL WHERE session_id = $1 AND successor IS NOT NULL', [
        id,
      ])
      await sql.query('UPDATE refresh_tokens SET rotated_at = $2, successor = $3 WHERE hash = $1', [
        from,
        lastUsedAt,
        sealed,
      ])
      await sql.query('INSERT INTO refresh_tokens (hash, session_id, issued_at) VALUES ($1, $2, $3)', [
        to,
        id,
        lastUsedAt,
      ])
      await sql.query('UPDATE sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1', [
        id,
        lastUsedAt,
        expiresAt,
      ])
    },
    async end({ id, userId }, reason, at) {
      const { rowCount } = await sql.query(
        `UPDATE sessions SET ended_at = $3, expires_at = $3, end_reason = $4
         WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3`,
        [id, userId, at, reason],
      )
      return rowCount === 1
    },
    async endAll(userId, reason, at, but) {
      await sql.query(
        `UPDATE sessions SET ended_at = $2, expires_at = $2, end_reason = $3
         WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND id IS DISTINCT FROM $4`,
        [userId, at, reason, but ?? null],
      )
    },
    async live(userId, { after, limit }, now) {
      const { rows } = await sql.query<Session>(
        `SELECT ${columns} FROM sessions
         WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND ($3::uuid IS NULL OR id > $3)
         ORDER BY id LIMIT $4`,
        [userId, now, after ?? null, limit],
      )
      return rows
    },
    async prune(before, limit) {
      const { rowCount } = await sql.query(
        `DELETE FROM sessions WHERE id IN
           (SELECT id FROM sessions WHERE expires_at < $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [before, limit],
      )
      return rowCount ?? 0
    },
  }
}
