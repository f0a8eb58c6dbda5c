import { ForPayment } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { service, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { releaseCart } from './release-cart.ts'

const schema = {
  summary: 'Give a cart back to its owner, unless another payment holds it',
  tags: ['checkout'],
  params: Type.Object({ cartId: Id }),
  body: ForPayment,
  response: { 204: Type.Null() },
}

export const releaseRoute: Route<Pick<Deps, 'transaction'>> = async (app, { deps }) => {
  app.post('/internal/v1/carts/:cartId/release', { schema, config: { access: service() } }, async (request, reply) => {
    const { params, body } = request
    await deps.transaction((tx) => releaseCart(tx, params.cartId, body.paymentId))
    return reply.code(204).send(null)
  })
}
