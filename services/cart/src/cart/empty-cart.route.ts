import { Cart } from '@slipway/contracts/cart'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { empty } from './cart.ts'
import { cartView } from './cart-view.ts'
import { changeCart } from './change-cart.ts'

const schema = {
  summary: 'Empty the caller’s cart',
  tags: ['cart'],
  response: { 200: Cart },
}

export const emptyCartRoute: Route<Pick<Deps, 'transaction'>> = async (app, { deps }) => {
  app.delete('/v1/cart', { schema, config: { access: user() } }, async ({ caller }) =>
    cartView(await changeCart(deps, caller.id, empty)),
  )
}
