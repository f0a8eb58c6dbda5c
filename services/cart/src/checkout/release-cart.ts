import { CartReleased } from '@slipway/contracts/cart'
import type { Tx } from '../deps.ts'
import { about } from './about.ts'
import { isLockedTo, release } from './checkout.ts'

/** Ends a payment that did not pay. A cart that is gone, paid or held by another payment stays as it is. */
export async function releaseCart({ carts, emit }: Pick<Tx, 'carts' | 'emit'>, cartId: string, paymentId: string) {
  const cart = await carts.lock(cartId)
  if (!cart) return
  const released = release(cart, paymentId)
  if (released === cart) return
  await carts.save(released)
  if (isLockedTo(cart, paymentId)) await emit(CartReleased.create(about(released, cart)))
}
