import { Cart, Quantity } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { setItem } from './cart.ts'
import { cartView } from './cart-view.ts'
import { changeCart } from './change-cart.ts'

// #region route
const schema = {
  summary: 'Set the quantity of a product in the caller’s cart; zero removes it',
  tags: ['cart'],
  params: Type.Object({ productId: Id }),
  body: Quantity,
  response: { 200: Cart },
}

export const setItemRoute: Route<Pick<Deps, 'products' | 'transaction'>> = async (app, { deps }) => {
  app.put('/v1/cart/items/:productId', { schema, config: { access: user() } }, async ({ caller, params, body }) => {
    const product = await deps.products.get(params.productId)
    return cartView(await changeCart(deps, caller.id, (cart) => setItem(cart, product, body.quantity)))
  })
}
// #endregion
