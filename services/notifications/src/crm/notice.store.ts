import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import type { Notice } from './notice.ts'

export type DueNotice = Notice & { attempts: number }

export interface NoticeStore {
  /** Keeps it to be sent after the commit; nothing about somebody whom the CRM was told to forget. */
  add(notice: Notice): Promise<void>
  /** Notices to be sent now. They are left alone by others for as long as an attempt may take. */
  takeDue(limit: number): Promise<DueNotice[]>
  sent(notice: Notice): Promise<void>
  /** `retryAt` undefined: it is kept and not sent again. */
  failed(notice: Notice, error: string, retryAt: Date | undefined): Promise<void>
}

interface Row extends Omit<DueNotice, 'occurredAt' | 'userId'> {
  occurred_at: Date
  user_id: string
}

const leaseMs = 60_000

export function noticeStore(sql: Sql, { clock }: { clock: Clock }): NoticeStore {
  return {
    async add({ id, type, userId, occurredAt, data }) {
      // two events about one person take turns, or one would not see that the other says to forget them
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`crm notices of ${userId}`])
      if (type === 'contact.deleted') await sql.query('DELETE FROM crm_notices WHERE user_id = $1', [userId])
      await sql.query(
        `INSERT INTO crm_notices (id, type, user_id, occurred_at, data, attempts, due_at)
         SELECT $1, $2, $3, $4, $5, 0, $6
          WHERE NOT EXISTS (SELECT FROM crm_notices WHERE user_id = $3 AND type = 'contact.deleted')
         ON CONFLICT DO NOTHING`,
        [id, type, userId, occurredAt, JSON.stringify(data), clock.now()],
      )
    },

    async takeDue(limit) {
      const now = clock.now()
      const { rows } = await sql.query<Row>(
        `UPDATE crm_notices SET attempts = attempts + 1, due_at = $2
         WHERE id IN (SELECT id FROM crm_notices WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [now, new Date(now.getTime() + leaseMs), limit],
      )
      return rows.map(({ id, type, data, attempts, occurred_at, user_id }) => ({
        id,
        type,
        data,
        attempts,
        occurredAt: occurred_at.toISOString(),
        userId: user_id,
      }))
    },

    async sent({ id }) {
      // who was forgotten is remembered as such: events come in any order
      await sql.query(`UPDATE crm_notices SET due_at = NULL, error = NULL WHERE id = $1 AND type = 'contact.deleted'`, [
        id,
      ])
      await sql.query(`DELETE FROM crm_notices WHERE id = $1 AND type <> 'contact.deleted'`, [id])
    },

    async failed({ id }, error, retryAt) {
      await sql.query('UPDATE crm_notices SET due_at = $2, error = $3 WHERE id = $1', [id, retryAt ?? null, error])
    },
  }
}
