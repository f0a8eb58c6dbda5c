import type { RefundStatus } from '@slipway/contracts/acquiring'
import { money, type Money } from '@slipway/contracts/primitives'
import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import { refundBackoffMs, refusalBackoffMs, type NewRefund, type Refund } from './refund.ts'

export interface RefundReader {
  /** Of one payment, oldest first, those after `after`. */
  list(page: { paymentId: string; limit: number; after?: string }): Promise<Refund[]>
  find(id: string): Promise<Refund | undefined>
}

/** Within a transaction. Whoever adds or settles a refund holds the lock of its payment. */
export interface RefundStore extends RefundReader {
  ask(refund: NewRefund): Promise<Refund>
  /** Another one for the money of a refund that the provider refused, a while later. */
  askAgain(refused: Refund): Promise<void>
  /** What was asked to be given back of a payment and has not failed. */
  reserved(paymentId: string, currency: string): Promise<Money>
  /** The provider has it in hand, under this id. */
  underWay(id: string, providerId: string): Promise<void>
  /** False when its outcome was known already. */
  settle(id: string, status: 'succeeded' | 'failed', providerId?: string): Promise<boolean>
  /** Pending refunds that the provider is to be asked for now; the others of this moment are left to whoever has them. */
  takeDue(limit: number): Promise<Refund[]>
}

interface RefundRow {
  id: string
  payment_id: string
  amount: string
  currency: string
  status: RefundStatus
  reason: string
  requested_by: string
  provider_id: string | null
  attempts: number
  created_at: Date
}

const fromRow = (row: RefundRow): Refund => ({
  id: row.id,
  paymentId: row.payment_id,
  amount: money(row.amount, row.currency),
  status: row.status,
  reason: row.reason,
  requestedBy: row.requested_by,
  providerId: row.provider_id ?? undefined,
  createdAt: row.created_at,
})

export function refundStore(sql: Sql, clock: Clock, newId: () => string): RefundStore {
  const rows = async (text: string, values: readonly unknown[]) => (await sql.query<RefundRow>(text, values)).rows

  async function add({ paymentId, amount, reason, requestedBy }: NewRefund, dueAt: Date) {
    const [row] = await rows(
      `INSERT INTO refunds (id, payment_id, amount, currency, status, reason, requested_by, created_at, next_attempt_at)
       VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8) RETURNING *`,
      [newId(), paymentId, amount.amount, amount.currency, reason, requestedBy, clock.now(), dueAt],
    )
    return fromRow(row!)
  }

  return {
    async find(id) {
      return (await rows('SELECT * FROM refunds WHERE id = $1', [id])).map(fromRow)[0]
    },

    async list({ paymentId, limit, after }) {
      const found = await rows(
        'SELECT * FROM refunds WHERE payment_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3',
        [paymentId, after, limit],
      )
      return found.map(fromRow)
    },

    ask: (refund) => add(refund, clock.now()),

    async askAgain(refused) {
      const now = clock.now().getTime()
      await add(refused, new Date(now + refusalBackoffMs(now - refused.createdAt.getTime())))
    },

    async reserved(paymentId, currency) {
      const { rows } = await sql.query<{ sum: string }>(
        `SELECT coalesce(sum(amount), 0) AS sum FROM refunds
         WHERE payment_id = $1 AND currency = $2 AND status <> 'failed'`,
        [paymentId, currency],
      )
      return money(rows[0]?.sum ?? 0, currency)
    },

    async underWay(id, providerId) {
      await sql.query(`UPDATE refunds SET provider_id = $2 WHERE id = $1 AND status = 'pending'`, [id, providerId])
    },

    async settle(id, status, providerId) {
      const { rowCount } = await sql.query(
        `UPDATE refunds SET status = $2, provider_id = coalesce($3, provider_id), settled_at = $4, next_attempt_at = NULL
         WHERE id = $1 AND status = 'pending'`,
        [id, status, providerId, clock.now()],
      )
      return rowCount === 1
    },

    async takeDue(limit) {
      const now = clock.now()
      const due = await rows(
        'SELECT * FROM refunds WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED',
        [now, limit],
      )
      await sql.query(
        `UPDATE refunds SET next_attempt_at = due.at, attempts = attempts + 1
         FROM unnest($1::uuid[], $2::timestamptz[]) AS due (id, at) WHERE refunds.id = due.id`,
        [due.map(({ id }) => id), due.map(({ attempts }) => new Date(now.getTime() + refundBackoffMs(attempts)))],
      )
      return due.map(fromRow)
    },
  }
}
