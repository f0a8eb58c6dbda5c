import { S2SClient, type OnBehalfOf } from '@slipway/s2s'
import { FrozenCart, type ForPayment } from './schemas.ts'

export class CartClient extends S2SClient {
  /**
   * Freezes the cart's total for one payment. Safe to repeat: the same payment gets the same answer.
   *
   * @throws UpstreamProblem CART_NOT_FOUND, CART_EMPTY, CART_LOCKED, CART_PAID, PAYMENT_NOT_ACCEPTED
   */
  checkout(cartId: string, body: ForPayment, as: OnBehalfOf): Promise<FrozenCart> {
    return this.post('/internal/v1/carts/:cartId/checkout', {
      params: { cartId },
      body,
      as,
      idempotencyKey: body.paymentId,
      response: FrozenCart,
    })
  }

  /** Gives the cart back to its owner unless another payment holds it. Safe to repeat. */
  async release(cartId: string, body: ForPayment): Promise<void> {
    await this.post('/internal/v1/carts/:cartId/release', { params: { cartId }, body, idempotencyKey: body.paymentId })
  }
}
