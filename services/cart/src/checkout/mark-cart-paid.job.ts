import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { PaymentCaptured } from '@slipway/contracts/acquiring'
import { CartPaid, CartPaymentRejected } from '@slipway/contracts/cart'
import type { Tx } from '../deps.ts'
import { about } from './about.ts'
import { canBePaid, isPaidBy, markPaid } from './checkout.ts'
import { releaseCart } from './release-cart.ts'

type Payment = DataOf<typeof PaymentCaptured>

/**
 * Only the lock that a payment was made for honours it. A cart that was released in between is not sold even if it
 * still costs the same: acquiring released it because it gave the payment up, and gives late money back by itself.
 */
export class MarkCartPaid extends Job<Tx, Payment> {
  readonly name = 'mark-cart-paid'
  readonly on = [PaymentCaptured]

  async process({ data }: Event<Payment>, { tx }: JobContext<Tx>) {
    const cart = await tx.carts.lock(data.cartId)
    if (cart && isPaidBy(cart, data.paymentId)) return
    if (!cart || !canBePaid(cart, data)) return reject(data, tx)
    const paid = markPaid(cart)
    await tx.carts.save(paid)
    await tx.emit(CartPaid.create(about(paid, paid)))
  }
}

/** The payment is over for this cart: were it locked for another amount, nobody else would unlock it. */
async function reject({ cartId, userId, paymentId, amount }: Payment, tx: Tx) {
  await releaseCart(tx, cartId, paymentId)
  await tx.emit(CartPaymentRejected.create({ subject: cartId, data: { cartId, userId, paymentId, total: amount } }))
}
