import type { Cart as CartBody, CartLine } from '@slipway/contracts/cart'
import { lineTotal, offeredLines, total, type Cart } from './cart.ts'

/** The cart as its owner sees it. */
export const cartView = (cart: Cart): CartBody => ({
  id: cart.id,
  version: cart.version,
  status: cart.status,
  ...(cart.status !== 'open' && { paymentId: cart.paymentId }),
  items: itemsOf(cart),
  total: total(cart),
})

export const itemsOf = (cart: Cart): CartLine[] =>
  offeredLines(cart).map((line) => {
    const { productId, title, unitPrice, quantity } = line
    return { productId, title, unitPrice, quantity, lineTotal: lineTotal(line) }
  })
