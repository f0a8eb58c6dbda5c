import { isUniqueViolation, type Sql } from '@slipway/database'
import type { Clock } from '@slipway/service-kit'
import { isOutdated, type Cart, type Line } from './cart.ts'
import { fromRows, selectCarts, type CartRow } from './cart-rows.ts'
import { PaymentNotAccepted } from './errors.ts'

export interface CartReader {
  find(id: string): Promise<Cart | undefined>
  /** The user’s cart that is not paid yet, made on first use. */
  current(userId: string): Promise<Cart>
}

/** Within a transaction: what is locked stays as it is until the transaction ends. */
export interface CartStore extends CartReader {
  lock(id: string): Promise<Cart | undefined>
  lockCurrent(userId: string): Promise<Cart>
  /** @throws PaymentNotAccepted when the payment holds another cart */
  save(cart: Cart): Promise<void>
}

export interface CartStoreOptions {
  clock: Clock
  newId: () => string
  /** That of the shop, and so of new carts. */
  currency: string
}

export function cartStore(sql: Sql, { clock, newId, currency }: CartStoreOptions): CartStore {
  // one statement, so that cart and lines are of one moment
  const read = async (where: string, value: string) =>
    fromRows((await sql.query<CartRow>(`${selectCarts} WHERE ${where} ORDER BY l.position`, [value])).rows)

  const make = (userId: string) =>
    sql.query(
      `INSERT INTO carts (id, user_id, status, version, currency, ended_payments, created_at, updated_at)
       VALUES ($1, $2, 'open', 1, $3, '{}', $4, $4)
       ON CONFLICT (user_id) WHERE status <> 'paid' DO NOTHING`,
      [newId(), userId, currency, clock.now()],
    )

  /** Its lines stay: those whose products have a price in the shop’s currency by now can be bought again. */
  const renew = ({ id, version }: Cart) =>
    sql.query(
      `UPDATE carts SET currency = $3, version = version + 1, updated_at = $4
       WHERE id = $1 AND version = $2 AND status = 'open'`,
      [id, version, currency, clock.now()],
    )

  const store: CartStore = {
    find: (id) => read('c.id = $1', id),

    async current(userId) {
      const cart = await read(`c.user_id = $1 AND c.status <> 'paid'`, userId)
      if (cart && !isOutdated(cart, currency)) return cart
      await (cart ? renew(cart) : make(userId))
      return store.current(userId)
    },

    // Locked first and read after: a statement that waits for a row sees everything else as it was before the wait.
    async lock(id) {
      await sql.query('SELECT FROM carts WHERE id = $1 FOR UPDATE', [id])
      return store.find(id)
    },

    async lockCurrent(userId) {
      const locked = await sql.query(`SELECT FROM carts WHERE user_id = $1 AND status <> 'paid' FOR UPDATE`, [userId])
      if (locked.rowCount === 1) return store.current(userId)
      await make(userId)
      return store.lockCurrent(userId)
    },

    async save(cart) {
      await saveCart(sql, cart, clock.now())
      await saveLines(sql, cart)
    },
  }
  return store
}

async function saveCart(sql: Sql, cart: Cart, now: Date) {
  const { paymentId = null, total = null } = cart.status === 'open' ? {} : cart
  try {
    await sql.query(
      `UPDATE carts SET status = $2, version = $3, payment_id = $4, total_amount = $5, ended_payments = $6, updated_at = $7
       WHERE id = $1`,
      [cart.id, cart.status, cart.version, paymentId, total?.amount, cart.endedPayments, now],
    )
  } catch (error) {
    throw isUniqueViolation(error, 'carts_payment_id_key') ? new PaymentNotAccepted() : error
  }
}

async function saveLines(sql: Sql, { id, status, lines }: Cart) {
  const frozen = <T>(value: (line: Line) => T) => lines.map((line) => (status === 'open' ? null : value(line)))
  const productIds = lines.map(({ productId }) => productId)
  await sql.query('DELETE FROM cart_lines WHERE cart_id = $1 AND product_id <> ALL ($2)', [id, productIds])
  await sql.query(
    `INSERT INTO cart_lines (cart_id, product_id, quantity, title, unit_price_amount, position)
     SELECT $1, line.* FROM unnest($2::uuid[], $3::int[], $4::text[], $5::bigint[]) WITH ORDINALITY AS line
     ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity, title = excluded.title,
       unit_price_amount = excluded.unit_price_amount, position = excluded.position`,
    [
      id,
      productIds,
      lines.map(({ quantity }) => quantity),
      frozen(({ title }) => title),
      frozen(({ unitPrice }) => unitPrice.amount),
    ],
  )
}
