import type { PaymentStatus } from '@slipway/contracts/acquiring'
import { expect } from 'vitest'
import type { Deps } from '../../deps.ts'
import type { Bank } from '../bank.ts'
import type { Carts } from './carts.ts'

interface Row {
  id: string
  cart_id: string
  status: PaymentStatus
  amount: number
  captured: number
  refunded: number
  mismatched: boolean
  capture_mode: 'automatic' | 'manual'
  history: PaymentStatus[]
  versions: number[]
  /** Asked to go back and not refused by the provider; done. */
  reserved: number
  given_back: number
  pending: number
  booked: number
}

const sql = `
  SELECT p.id, p.cart_id, p.status, p.amount::int, p.captured::int, p.refunded::int, p.mismatched, p.capture_mode,
    (SELECT array_agg(h.status ORDER BY h.version) FROM payment_history h WHERE h.payment_id = p.id) AS history,
    (SELECT array_agg(h.version ORDER BY h.version) FROM payment_history h WHERE h.payment_id = p.id) AS versions,
    (SELECT coalesce(sum(r.amount) FILTER (WHERE r.status <> 'failed'), 0)::int FROM refunds r WHERE r.payment_id = p.id) AS reserved,
    (SELECT coalesce(sum(r.amount) FILTER (WHERE r.status = 'succeeded'), 0)::int FROM refunds r WHERE r.payment_id = p.id) AS given_back,
    (SELECT count(*)::int FROM refunds r WHERE r.payment_id = p.id AND r.status = 'pending') AS pending,
    (SELECT coalesce(sum(e.amount), 0)::int FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
       AND e.account_code = 'provider:sandbox-bank' WHERE t.payment_id = p.id AND t.kind <> 'fee') AS booked
  FROM payments p ORDER BY p.id`

/** How far along each status is, written down apart from the code's own table. `unknown` says nothing of it. */
const rank: Record<PaymentStatus, number> = {
  ...{ unknown: -1, created: 0, requires_action: 1, authorized: 2, failed: 3, canceled: 3, expired: 3 },
  ...{ captured: 4, partially_refunded: 5, refunded: 6, charged_back: 6 },
}

interface World {
  readonly deps: Deps
  readonly bank: Bank
  readonly carts: Carts
}

/** What is true at every moment. Returns the payments. */
export async function alwaysTrue({ deps, bank }: World): Promise<Row[]> {
  const { rows } = await deps.database.sql.query<Row>(sql)
  for (const row of rows) {
    const pages = bank.pages.filter(({ reference }) => reference === row.id)
    const charges = bank.settled.filter(({ kind, reference }) => kind === 'charge' && reference === row.id)
    const taken = charges.reduce((sum, { amount }) => sum + amount.amount, 0)
    const back = bank.settled.filter(({ kind, reference }) => kind === 'refund' && reference === row.id)
    const returned = -back.reduce((sum, { amount }) => sum + amount.amount, 0)
    expect(pages.length, 'pages of a payment').toBeLessThanOrEqual(1)
    expect(charges.length, 'charges of a payment').toBeLessThanOrEqual(1)
    expect(row.captured, 'captured, of what was authorised').toBeLessThanOrEqual(row.amount)
    expect(row.captured, 'captured, of what the bank took').toBeLessThanOrEqual(taken)
    expect(row.refunded, 'refunded, of what was captured').toBeLessThanOrEqual(row.captured)
    expect(row.reserved, 'asked to go back, of what was taken').toBeLessThanOrEqual(taken)
    expect(returned, 'gone back, of what was taken').toBeLessThanOrEqual(taken)
    expect(row.versions, 'every step is in the history').toEqual(row.versions.map((_, at) => at + 1))
    const told = row.history.map((status) => rank[status]).filter((far) => far >= 0)
    expect(told, `only forward: ${row.history.join(', ')}`).toEqual(told.toSorted((a, b) => a - b))
  }
  const sums = await deps.database.sql.query('SELECT currency FROM ledger_entries GROUP BY 1 HAVING sum(amount) <> 0')
  expect(sums.rows, 'the ledger sums to zero').toEqual([])
  return rows
}

/** What is true besides once nothing moves any more. */
export async function trueInTheEnd(world: World): Promise<Row[]> {
  const { bank, carts, deps } = world
  const rows = await alwaysTrue(world)
  const ids = new Set(rows.map(({ id }) => id))
  expect(
    bank.pages.filter(({ reference }) => !ids.has(reference)),
    'pages without a payment',
  ).toEqual([])
  for (const row of rows) {
    const movements = bank.settled.filter(({ reference }) => reference === row.id)
    expect(row.booked, 'the ledger has what moved at the bank').toBe(
      movements.reduce((sum, { amount }) => sum + amount.amount, 0),
    )
    expect(rank[row.status] < 3, `nothing waits for ever: ${row.history.join(', ')}`).toBe(false)
    expect(row.pending, 'refunds that wait for ever').toBe(0)
    const taken = movements.filter(({ kind }) => kind === 'charge').reduce((sum, { amount }) => sum + amount.amount, 0)
    if (taken === 0) continue
    const cart = carts.all.get(row.cart_id)
    const paysCart = cart?.status === 'paid' && cart.paymentId === row.id
    const isBack = row.status === 'charged_back' || row.given_back === taken
    const byUs = await deps.database.sql.query(
      `SELECT FROM refunds WHERE payment_id = $1 AND requested_by IN ('acquiring', 'cart') AND status = 'succeeded'`,
      [row.id],
    )
    if (!paysCart) {
      expect(isBack, 'money that pays no cart goes back').toBe(true)
      continue
    }
    expect(byUs.rowCount, 'a payment that pays a cart is not given back by us').toBe(0)
    if (row.capture_mode === 'automatic') expect(taken, 'a cart is paid with what it costs').toBe(row.amount)
  }
  for (const [id, cart] of carts.all) expect(cart.status, `cart ${id} is held by nothing`).not.toBe('locked')
  const left = await deps.database.sql.query('SELECT FROM checkouts')
  expect(left.rowCount, 'checkouts that nobody gave back').toBe(0)
  return rows
}
