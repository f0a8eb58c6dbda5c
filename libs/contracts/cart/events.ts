import { Type } from 'typebox'
import { defineEvent, Id, Money } from '../primitives/index.ts'

const data = Type.Object({ cartId: Id, userId: Id, paymentId: Id, total: Money })

/** The cart is frozen and waits for this payment. */
export const CartCheckedOut = defineEvent('cart.cart.checked-out.v1', data)
/** The payment that the cart was locked to was captured; the cart stays as it is from now on. */
export const CartPaid = defineEvent('cart.cart.paid.v1', data)
/** The payment ended without money; the cart can be changed again. `total` is what it was locked for. */
export const CartReleased = defineEvent('cart.cart.released.v1', data)
/** Money was captured, but the cart cannot honour it: acquiring gives it back. `total` is what the payment was for. */
export const CartPaymentRejected = defineEvent('cart.cart.payment-rejected.v1', data)
