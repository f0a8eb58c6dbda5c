import { CartCheckedOut, ForPayment, FrozenCart } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { delegated, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { HeldCart } from '../cart/cart.ts'
import { itemsOf } from '../cart/cart-view.ts'
import { CartNotFound } from '../cart/errors.ts'
import type { Deps, Tx } from '../deps.ts'
import { frozenVersion, lock } from './checkout.ts'
import { about } from './about.ts'

const schema = {
  summary: 'Freeze a cart and its total for one payment of its owner',
  tags: ['checkout'],
  params: Type.Object({ cartId: Id }),
  body: ForPayment,
  response: { 200: FrozenCart },
}

export const checkoutRoute: Route<Pick<Deps, 'transaction'>> = async (app, { deps }) => {
  app.post('/internal/v1/carts/:cartId/checkout', { schema, config: { access: delegated() } }, (request) => {
    const { caller, params, body } = request
    return deps.transaction(async (tx) => view(await checkout(tx, caller.id, params.cartId, body.paymentId)))
  })
}

async function checkout({ carts, emit }: Tx, userId: string, cartId: string, paymentId: string) {
  const cart = await carts.lock(cartId)
  if (cart?.userId !== userId) throw new CartNotFound()
  const locked = lock(cart, paymentId)
  if (locked !== cart) {
    await carts.save(locked)
    await emit(CartCheckedOut.create(about(locked, locked)))
  }
  return locked
}

const view = (cart: HeldCart): FrozenCart => ({
  cartId: cart.id,
  version: frozenVersion(cart),
  total: cart.total,
  items: itemsOf(cart),
})
