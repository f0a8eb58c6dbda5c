import { S2SClient, type OnBehalfOf } from '@slipway/s2s'
import { cartContract } from './contract.ts'
import type { ForPayment, FrozenCart } from './schemas.ts'

const { checkout, release } = cartContract

export class CartClient extends S2SClient {
  /**
   * Freezes the cart's total for one payment. Safe to repeat: the same payment gets the same answer.
   *
   * @throws UpstreamProblem CART_NOT_FOUND, CART_EMPTY, CART_LOCKED, CART_PAID, PAYMENT_NOT_ACCEPTED
   */
  checkout(cartId: string, body: ForPayment, as: OnBehalfOf): Promise<FrozenCart> {
    return this.send(checkout, { params: { cartId }, body, as, idempotencyKey: body.paymentId })
  }

  /** Gives the cart back to its owner unless another payment holds it. Safe to repeat. */
  release(cartId: string, body: ForPayment): Promise<void> {
    return this.send(release, { params: { cartId }, body, idempotencyKey: body.paymentId })
  }
}
