import { money } from '@slipway/contracts/primitives'
import type { Cart, Line } from './cart.ts'

/** A cart with its lines, one row each; a cart without lines is one row without a product. */
export interface CartRow {
  id: string
  user_id: string
  status: Cart['status']
  version: number
  currency: string
  payment_id: string | null
  total_amount: string | null
  ended_payments: string[]
  product_id: string | null
  title: string
  unit_price_amount: string
  quantity: number
  available: boolean
}

/** Frozen lines have a title and a price of their own; the others show the product’s, while it is for sale. */
export const selectCarts = `
  SELECT c.id, c.user_id, c.status, c.version, c.currency, c.payment_id, c.total_amount, c.ended_payments,
         l.product_id, l.quantity,
         coalesce(l.title, p.title) AS title,
         coalesce(l.unit_price_amount, p.price_amount) AS unit_price_amount,
         l.title IS NOT NULL OR (p.available AND p.price_currency = c.currency) AS available
  FROM carts c
  LEFT JOIN cart_lines l ON l.cart_id = c.id
  LEFT JOIN products p ON p.id = l.product_id`

export function fromRows(rows: readonly CartRow[]): Cart | undefined {
  const [row] = rows
  if (!row) return undefined
  const { id, status, version, currency } = row
  const lines = rows.filter(({ product_id }) => product_id !== null).map(toLine)
  const contents = { id, userId: row.user_id, currency, version, lines, endedPayments: row.ended_payments }
  if (status === 'open') return { ...contents, status }
  return { ...contents, status, paymentId: row.payment_id!, total: money(Number(row.total_amount), currency) }
}

const toLine = ({ product_id, title, unit_price_amount, currency, quantity, available }: CartRow): Line => ({
  productId: product_id!,
  title,
  unitPrice: money(Number(unit_price_amount), currency),
  quantity,
  available,
})
