import type { Sql } from '@slipway/database'

/** A webhook that this process may send until its lease ends. */
export interface Delivery {
  readonly id: string
  readonly pageId: string
  readonly sequence: number
  readonly type: string
  readonly body: string
  readonly traceparent: string | null
  /** This one included. */
  readonly attempts: number
  readonly createdAt: Date
}

/** In order, the newer waits for the older. */
const ready = `w.state = 'pending' AND NOT (w.ordered AND EXISTS (
  SELECT FROM webhooks older WHERE older.page_id = w.page_id AND older.sequence < w.sequence AND older.state = 'pending'))`

/** Which webhooks are to be sent when. Many processes may ask at once: each gets others. */
export class DeliveryStore {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Takes what is due. If nothing more is heard of it, it falls due again at `leasedUntil`. */
  async claim(now: Date, leasedUntil: Date, limit: number): Promise<Delivery[]> {
    const { rows } = await this.#sql.query<Delivery>(
      `WITH due AS MATERIALIZED (
         SELECT w.id FROM webhooks w WHERE ${ready} AND w.next_attempt_at <= $1
         ORDER BY w.next_attempt_at, w.sequence LIMIT $3 FOR UPDATE OF w SKIP LOCKED)
       UPDATE webhooks SET attempts = attempts + 1, next_attempt_at = $2 FROM due WHERE webhooks.id = due.id
       RETURNING webhooks.id, page_id AS "pageId", sequence, type, body, traceparent, attempts, created_at AS "createdAt"`,
      [now, leasedUntil, limit],
    )
    return rows
  }

  async nextDue(): Promise<Date | undefined> {
    const { rows } = await this.#sql.query<{ at: Date }>(
      `SELECT w.next_attempt_at AS at FROM webhooks w WHERE ${ready} ORDER BY w.next_attempt_at LIMIT 1`,
    )
    return rows[0]?.at
  }

  /** The merchant has it. One that was held back for it goes now; one that is to come twice comes again. */
  async delivered({ id, pageId, sequence }: Delivery, now: Date): Promise<void> {
    await this.#sql.query(
      `UPDATE webhooks SET copies = copies - 1, state = CASE WHEN copies > 1 THEN 'pending' ELSE 'delivered' END,
         next_attempt_at = $2, delivered_at = $2, last_error = NULL
       WHERE id = $1 AND state = 'pending'`,
      [id, now],
    )
    await this.#sql.query(
      `UPDATE webhooks SET next_attempt_at = $3
       WHERE page_id = $1 AND sequence < $2 AND state = 'pending' AND NOT ordered AND attempts = 0 AND next_attempt_at > $3`,
      [pageId, sequence, now],
    )
  }

  /** Without a next time it is given up. */
  async failed({ id }: Delivery, error: string, nextAttemptAt: Date | undefined): Promise<void> {
    await this.#sql.query(
      `UPDATE webhooks SET last_error = $2, next_attempt_at = coalesce($3, next_attempt_at),
         state = CASE WHEN $3::timestamptz IS NULL THEN 'abandoned' ELSE state END
       WHERE id = $1 AND state = 'pending'`,
      [id, error, nextAttemptAt ?? null],
    )
  }
}
