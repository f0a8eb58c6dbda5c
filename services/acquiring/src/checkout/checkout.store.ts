import type { Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'

/** A cart that may be locked for a payment that does not exist yet. */
export interface Checkout {
  readonly paymentId: string
  readonly cartId: string
  /** Only this attempt may make the payment. */
  readonly attemptId: string
}

export interface CheckoutStore {
  start(checkout: Checkout): Promise<void>
  /** Goes on with what an earlier attempt started, unless the cart is just being given back or has been. */
  takeOver(paymentId: string, attemptId: string): Promise<'taken' | 'releasing' | 'gone'>
  /** The payment is about to exist. False when this attempt may not make it. */
  finish(checkout: Checkout): Promise<boolean>
  /** Cart refused: nothing is locked, unless an earlier attempt did it. */
  forget(checkout: Checkout): Promise<void>
  /** Carts to give back now; from here on no attempt can use them. */
  takeAbandoned(limit: number): Promise<Pick<Checkout, 'paymentId' | 'cartId'>[]>
  /** The cart has been given back. */
  released(paymentId: string): Promise<void>
}

const second = 1_000

/** Longer than any attempt, and than a request to cart can be under way. */
const patience = 60 * second

/** When giving back is tried again after a failure, or after whoever did it died. */
const retryAfter = 15 * second

export function checkoutStore(sql: Sql, clock: Clock): CheckoutStore {
  const later = (ms: number) => new Date(clock.now().getTime() + ms)

  return {
    async start({ paymentId, cartId, attemptId }) {
      await sql.query('INSERT INTO checkouts (payment_id, cart_id, attempt_id, release_at) VALUES ($1, $2, $3, $4)', [
        ...[paymentId, cartId, attemptId, later(patience)],
      ])
    },

    async takeOver(paymentId, attemptId) {
      const taken = await sql.query(
        `UPDATE checkouts SET attempt_id = $2, attempts = attempts + 1, release_at = $3
         WHERE payment_id = $1 AND NOT releasing`,
        [paymentId, attemptId, later(patience)],
      )
      if (taken.rowCount === 1) return 'taken'
      const found = await sql.query('SELECT FROM checkouts WHERE payment_id = $1', [paymentId])
      return found.rowCount === 1 ? 'releasing' : 'gone'
    },

    async finish({ paymentId, attemptId }) {
      const finished = await sql.query(
        'DELETE FROM checkouts WHERE payment_id = $1 AND attempt_id = $2 AND NOT releasing',
        [paymentId, attemptId],
      )
      return finished.rowCount === 1
    },

    async forget({ paymentId, attemptId }) {
      await sql.query(
        'DELETE FROM checkouts WHERE payment_id = $1 AND attempt_id = $2 AND attempts = 1 AND NOT releasing',
        [paymentId, attemptId],
      )
    },

    async takeAbandoned(limit) {
      const { rows } = await sql.query<{ paymentId: string; cartId: string }>(
        `UPDATE checkouts SET releasing = true, release_at = $2
         WHERE payment_id IN (
           SELECT payment_id FROM checkouts WHERE release_at <= $1 ORDER BY release_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING payment_id AS "paymentId", cart_id AS "cartId"`,
        [clock.now(), later(retryAfter), limit],
      )
      return rows
    },

    async released(paymentId) {
      await sql.query('DELETE FROM checkouts WHERE payment_id = $1 AND releasing', [paymentId])
    },
  }
}
