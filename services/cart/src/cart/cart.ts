import type { Product } from '@slipway/contracts/cart'
import { add, CurrencyMismatch, money, multiply, type Money } from '@slipway/contracts/primitives'
import { ProductNotFound } from '../product/product.ts'
import { CartFull, CartLocked, CartPaid } from './errors.ts'

export interface Line {
  readonly productId: string
  readonly title: string
  readonly unitPrice: Money
  readonly quantity: number
  /** False while the product is withdrawn: the line waits for its return, neither shown nor charged. */
  readonly available: boolean
}

interface Contents {
  readonly id: string
  readonly userId: string
  readonly currency: string
  readonly version: number
  readonly lines: readonly Line[]
  /** Payments that ended without paying this cart, newest last. */
  readonly endedPayments: readonly string[]
}

/** Its lines show the products’ titles and prices of this moment. */
export interface OpenCart extends Contents {
  readonly status: 'open'
}

/** Waits for its payment, or was paid by it: lines and total stay what they were at checkout. */
export interface HeldCart extends Contents {
  readonly status: 'locked' | 'paid'
  readonly paymentId: string
  readonly total: Money
}

export type Cart = OpenCart | HeldCart

const maximumLines = 100

/** Zero removes the product. @throws CartLocked, CartPaid, CartFull, ProductNotFound when it is not for sale */
export function setItem(cart: Cart, product: Product, quantity: number): Cart {
  if (quantity === 0) return removeItem(cart, product.id)
  const { lines } = mustBeOpen(cart)
  if (!product.available) throw new ProductNotFound()
  if (product.price.currency !== cart.currency) throw new CurrencyMismatch(cart.currency, product.price.currency)

  const known = lines.find(({ productId }) => productId === product.id)
  if (known?.quantity === quantity) return cart
  if (!known && lines.length === maximumLines) throw new CartFull(maximumLines)
  const line = { productId: product.id, title: product.title, unitPrice: product.price, quantity, available: true }
  return withLines(cart, known ? lines.map((each) => (each === known ? line : each)) : [...lines, line])
}

/** @throws CartLocked, CartPaid */
export function removeItem(cart: Cart, productId: string): Cart {
  const { lines } = mustBeOpen(cart)
  const others = lines.filter((line) => line.productId !== productId)
  return others.length === lines.length ? cart : withLines(cart, others)
}

/** @throws CartLocked, CartPaid */
export function empty(cart: Cart): Cart {
  return mustBeOpen(cart).lines.length === 0 ? cart : withLines(cart, [])
}

/** The lines that are shown and charged. */
export const offeredLines = ({ lines }: Cart) => lines.filter(({ available }) => available)

/** Open from when the shop sold in another currency, and nothing in it can be bought in that any more. */
export const isOutdated = (cart: Cart, shopCurrency: string) =>
  cart.status === 'open' && cart.currency !== shopCurrency && offeredLines(cart).length === 0

export const lineTotal = ({ unitPrice, quantity }: Line): Money => multiply(unitPrice, quantity)

export function total(cart: Cart): Money {
  if (cart.status !== 'open') return cart.total
  return offeredLines(cart).reduce((sum, line) => add(sum, lineTotal(line)), money(0, cart.currency))
}

/** @throws CartLocked, CartPaid */
export function mustBeOpen(cart: Cart): OpenCart {
  if (cart.status === 'open') return cart
  throw cart.status === 'paid' ? new CartPaid() : new CartLocked(cart.paymentId)
}

const withLines = (cart: Cart, lines: readonly Line[]): Cart => ({ ...cart, lines, version: cart.version + 1 })
