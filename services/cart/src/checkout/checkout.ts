import { sameMoney, type Money } from '@slipway/contracts/primitives'
import { mustBeOpen, offeredLines, total, type Cart, type HeldCart, type OpenCart } from '../cart/cart.ts'
import { CartEmpty, PaymentNotAccepted } from '../cart/errors.ts'

/** A delayed repetition comes soon or never, so only the newest ended payments are kept. */
const rememberedPayments = 50

/**
 * Freezes lines and total for one payment; the same payment gets the same cart again.
 *
 * @throws CartPaid, CartLocked, CartEmpty, PaymentNotAccepted
 */
export function lock(cart: Cart, paymentId: string): HeldCart {
  if (cart.status !== 'open' && isSame(cart.paymentId, paymentId)) return cart
  mustBeOpen(cart)
  if (hasEnded(cart, paymentId)) throw new PaymentNotAccepted()
  const lines = offeredLines(cart)
  if (lines.length === 0) throw new CartEmpty()
  return { ...cart, status: 'locked', paymentId, lines, total: total(cart), version: cart.version + 1 }
}

/**
 * Ends a payment that did not pay: opens the cart if this payment holds it. The payment is remembered either way, so
 * that its checkout, arriving late or once more, cannot lock the cart for a payment that nobody will ever end.
 */
export function release(cart: Cart, paymentId: string): Cart {
  if (cart.status === 'paid' || hasEnded(cart, paymentId)) return cart
  const endedPayments = [...cart.endedPayments, paymentId].slice(-rememberedPayments)
  return isLockedTo(cart, paymentId) ? open(cart, endedPayments) : { ...cart, endedPayments }
}

/** True when the cart waits for exactly this payment and this amount. */
export const canBePaid = (
  cart: Cart,
  payment: { paymentId: string; userId: string; amount: Money },
): cart is HeldCart =>
  isLockedTo(cart, payment.paymentId) && isSame(cart.userId, payment.userId) && sameMoney(cart.total, payment.amount)

export const markPaid = (cart: HeldCart): HeldCart => ({ ...cart, status: 'paid', version: cart.version + 1 })

export const isPaidBy = (cart: Cart, paymentId: string) => cart.status === 'paid' && isSame(cart.paymentId, paymentId)

/** The version that was checked out: being paid has counted one more. */
export const frozenVersion = ({ status, version }: HeldCart) => (status === 'paid' ? version - 1 : version)

export const isLockedTo = (cart: Cart, paymentId: string): cart is HeldCart =>
  cart.status === 'locked' && isSame(cart.paymentId, paymentId)

const hasEnded = ({ endedPayments }: Cart, paymentId: string) => endedPayments.some((ended) => isSame(ended, paymentId))

const open = ({ id, userId, currency, version, lines }: Cart, endedPayments: readonly string[]): OpenCart => ({
  id,
  userId,
  currency,
  lines,
  endedPayments,
  status: 'open',
  version: version + 1,
})

/** UUIDs are the same in either case (RFC 9562, section 4). */
const isSame = (left: string, right: string) => left.toLowerCase() === right.toLowerCase()
