import { isUniqueViolation, type Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import { CartHasPayment } from './errors.ts'
import { nextCheck } from './next-check.ts'
import { fromRow, type PaymentRow } from './payment-row.ts'
import type { Payment } from './payment.ts'

export interface PaymentReader {
  find(id: string): Promise<Payment | undefined>
  /** Newest first, those before `before`; of one user unless told otherwise. */
  list(filter: { userId?: string; limit: number; before?: string }): Promise<Payment[]>
}

/** Within a transaction: what is locked stays as it is until the transaction ends. */
export interface PaymentStore extends PaymentReader {
  lock(id: string): Promise<Payment | undefined>
  /** @throws CartHasPayment */
  add(payment: Payment): Promise<void>
  save(payment: Payment): Promise<void>
  /** One line of the payment's history. */
  remember(payment: Payment, cause: string): Promise<void>
  /** The id of the payment that the provider's movement of money belongs to. */
  idOfCharge(provider: string, chargeId: string): Promise<string | undefined>
  /** Payments that the provider is to be asked about now; the others of this moment are left to whoever has them. */
  takeDue(limit: number): Promise<Payment[]>
  /** Everything open is due at once. */
  makeDue(): Promise<void>
}

export function paymentStore(sql: Sql, clock: Clock): PaymentStore {
  const rows = async (text: string, values: readonly unknown[]) => (await sql.query<PaymentRow>(text, values)).rows

  return {
    async find(id) {
      return (await rows('SELECT * FROM payments WHERE id = $1', [id])).map(fromRow)[0]
    },

    async list({ userId, limit, before }) {
      const found = await rows(
        `SELECT * FROM payments WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::uuid IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3`,
        [userId, before, limit],
      )
      return found.map(fromRow)
    },

    // no key changes, so that rows which refer to the payment can be written meanwhile
    async lock(id) {
      return (await rows('SELECT * FROM payments WHERE id = $1 FOR NO KEY UPDATE', [id])).map(fromRow)[0]
    },

    async add(payment) {
      const { id, userId, cartId, provider, captureMode, returnUrl, amount, status, version, createdAt } = payment
      try {
        await sql.query(
          `INSERT INTO payments (id, user_id, cart_id, provider, capture_mode, return_url, amount, currency, status, version,
                                 expires_at, authorized_until, created_at, next_check_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
          [
            ...[id, userId, cartId, provider, captureMode, returnUrl, amount.amount, amount.currency, status, version],
            ...[payment.expiresAt, payment.authorizedUntil, createdAt, nextCheck(payment, 0, clock.now())],
          ],
        )
      } catch (error) {
        throw isUniqueViolation(error, 'payments_open_cart_key') ? new CartHasPayment() : error
      }
    },

    async save(payment) {
      const { id, providerId, url, captured, refunded, status, ending, failureCode, mismatched } = payment
      await sql.query(
        `UPDATE payments SET provider_id = $2, url = $3, captured = $4, refunded = $5, status = $6, ending = $7,
           failure_code = $8, mismatched = $9, provider_sequence = $10, version = $11, next_check_at = $12, checks = 0,
           charge_id = $13, capturing = $14, expires_at = $15
         WHERE id = $1`,
        [
          ...[id, providerId, url, captured.amount, refunded.amount, status, ending, failureCode, mismatched],
          ...[payment.providerSequence, payment.version, nextCheck(payment, 0, clock.now())],
          ...[payment.chargeId, payment.capturing?.amount, payment.expiresAt],
        ],
      )
    },

    async remember({ id, version, status }, cause) {
      await sql.query(
        'INSERT INTO payment_history (payment_id, version, status, cause, at) VALUES ($1, $2, $3, $4, $5)',
        [id, version, status, cause, clock.now()],
      )
    },

    async takeDue(limit) {
      const now = clock.now()
      const due = await rows(
        `SELECT * FROM payments WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $2
         FOR NO KEY UPDATE SKIP LOCKED`,
        [now, limit],
      )
      await sql.query(
        `UPDATE payments SET next_check_at = due.at, checks = checks + 1
         FROM unnest($1::uuid[], $2::timestamptz[]) AS due (id, at) WHERE payments.id = due.id`,
        [due.map(({ id }) => id), due.map((row) => nextCheck(fromRow(row), row.checks + 1, now))],
      )
      return due.map(fromRow)
    },

    async idOfCharge(provider, chargeId) {
      const found = await sql.query<{ id: string }>('SELECT id FROM payments WHERE provider = $1 AND charge_id = $2', [
        ...[provider, chargeId],
      ])
      return found.rows[0]?.id
    },

    async makeDue() {
      await sql.query('UPDATE payments SET next_check_at = $1 WHERE next_check_at > $1', [clock.now()])
    },
  }
}
