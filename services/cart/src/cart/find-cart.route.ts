import { Cart } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { anyOf, may, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { cartView } from './cart-view.ts'
import { CartNotFound } from './errors.ts'

const schema = {
  summary: 'A cart in any state: the caller’s own, or with carts:read anybody’s',
  tags: ['cart'],
  params: Type.Object({ cartId: Id }),
  response: { 200: Cart },
}
const access = anyOf(user(), service({ permissions: ['carts:read'] }))

export const findCartRoute: Route<Pick<Deps, 'carts'>> = async (app, { deps }) => {
  app.get('/v1/carts/:cartId', { schema, config: { access } }, async ({ caller, params }) => {
    const cart = await deps.carts.find(params.cartId)
    if (!cart || (cart.userId !== caller.id && !may(caller, 'carts:read'))) throw new CartNotFound()
    return cartView(cart)
  })
}
