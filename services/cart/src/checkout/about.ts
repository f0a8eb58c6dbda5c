import type { Money } from '@slipway/contracts/primitives'
import type { Cart } from '../cart/cart.ts'

/** What every event of a cart and a payment tells. */
export const about = (cart: Cart, { paymentId, total }: { paymentId: string; total: Money }) => ({
  subject: cart.id,
  version: cart.version,
  data: { cartId: cart.id, userId: cart.userId, paymentId, total },
})
