import { Cart } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { removeItem } from './cart.ts'
import { cartView } from './cart-view.ts'
import { changeCart } from './change-cart.ts'

const schema = {
  summary: 'Take a product out of the caller’s cart',
  tags: ['cart'],
  params: Type.Object({ productId: Id }),
  response: { 200: Cart },
}

export const removeItemRoute: Route<Pick<Deps, 'products' | 'transaction'>> = async (app, { deps }) => {
  app.delete('/v1/cart/items/:productId', { schema, config: { access: user() } }, async ({ caller, params }) => {
    const product = await deps.products.get(params.productId)
    return cartView(await changeCart(deps, caller.id, (cart) => removeItem(cart, product.id)))
  })
}
