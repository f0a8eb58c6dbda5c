import { Cart } from '@slipway/contracts/cart'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { cartView } from './cart-view.ts'

const schema = {
  summary: 'The caller’s current cart: open, or locked while it is being paid',
  tags: ['cart'],
  response: { 200: Cart },
}

export const getCartRoute: Route<Pick<Deps, 'carts'>> = async (app, { deps }) => {
  app.get('/v1/cart', { schema, config: { access: user() } }, async ({ caller }) =>
    cartView(await deps.carts.current(caller.id)),
  )
}
