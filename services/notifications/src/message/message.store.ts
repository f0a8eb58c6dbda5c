import type { Notification } from '@slipway/contracts/notifications'
import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import { fromRow, notificationOf, type MessageRow } from './message-row.ts'
import { admit, type Message, type NewMessage, type Outcome } from './message.ts'

export interface MessageReader {
  /** Newest first; of one address unless it is absent. */
  list(limit: number, filter: { address?: string; before?: string }): Promise<Notification[]>
}

/** Within a transaction. */
export interface MessageStore extends MessageReader {
  /** Keeps it to be sent after the commit, unless its address is suppressed or was sent enough within the hour. */
  add(message: NewMessage): Promise<void>
  /** Messages to be sent now. They are left alone by others for as long as an attempt may take. */
  takeDue(limit: number): Promise<Message[]>
  /** @returns whether it is there to be settled: its user may have been forgotten */
  settle(message: Message, outcome: Outcome): Promise<boolean>
  /** @returns what there was */
  removeOf(userId: string): Promise<{ id: string; address: string }[]>
  /** Settled ones that were made before. @returns their ids, at most `limit` */
  prune(before: Date, limit: number): Promise<string[]>
}

export interface MessageStoreOptions {
  clock: Clock
  newId: () => string
  perHour: number
}

const leaseMs = 120_000

export function messageStore(sql: Sql, { clock, newId, perHour }: MessageStoreOptions): MessageStore {
  return {
    async list(limit, { address, before }) {
      const { rows } = await sql.query<MessageRow>(
        `SELECT * FROM messages WHERE ($1::text IS NULL OR address = $1) AND ($2::uuid IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3`,
        [address, before, limit],
      )
      return rows.map(notificationOf)
    },

    async add({ eventId, template, channel, address, userId, data, expiresAt }) {
      // two events about one address take turns, or both would find room for one more
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`messages to ${address}`])
      const now = clock.now()
      const { rows } = await sql.query<{ suppressed: boolean; recent: number }>(
        `SELECT EXISTS (SELECT FROM suppressed_addresses WHERE address = $1) AS suppressed,
                (SELECT count(*)::int FROM messages
                  WHERE address = $1 AND created_at > $2 AND status <> 'limited' AND status <> 'suppressed') AS recent`,
        [address, new Date(now.getTime() - 3_600_000)],
      )
      const status = admit({ ...rows[0]!, limit: perHour })
      await sql.query(
        `INSERT INTO messages (id, event_id, template, channel, address, user_id, data, status, attempts, due_at, expires_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $9)
         ON CONFLICT (event_id, template, channel) DO NOTHING`,
        [
          newId(),
          eventId,
          template,
          channel,
          address,
          userId,
          status === 'waiting' ? JSON.stringify(data) : null,
          status,
          now,
          expiresAt,
        ],
      )
    },

    async takeDue(limit) {
      const now = clock.now()
      const { rows } = await sql.query<MessageRow>(
        `UPDATE messages SET attempts = attempts + 1, due_at = $2
         WHERE id IN (SELECT id FROM messages WHERE status = 'waiting' AND due_at <= $1
                      ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [now, new Date(now.getTime() + leaseMs), limit],
      )
      return rows.map(fromRow)
    },

    async settle({ id }, outcome) {
      const { rowCount } =
        'retryAt' in outcome
          ? await sql.query(`UPDATE messages SET due_at = $2, error = $3 WHERE id = $1 AND status = 'waiting'`, [
              id,
              outcome.retryAt,
              outcome.error,
            ])
          : await sql.query(
              `UPDATE messages SET status = $2, error = $3, sent_at = $4, data = NULL WHERE id = $1 AND status = 'waiting'`,
              [id, outcome.status, outcome.error, outcome.status === 'sent' ? clock.now() : undefined],
            )
      return rowCount !== 0
    },

    async removeOf(userId) {
      const { rows } = await sql.query<MessageRow>('DELETE FROM messages WHERE user_id = $1 RETURNING id, address', [
        userId,
      ])
      return rows
    },

    async prune(before, limit) {
      const { rows } = await sql.query<MessageRow>(
        `DELETE FROM messages WHERE id IN
           (SELECT id FROM messages WHERE status <> 'waiting' AND created_at < $1
            ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id`,
        [before, limit],
      )
      return rows.map(({ id }) => id)
    },
  }
}
