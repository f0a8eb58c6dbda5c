import { Product, ProductChanges } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { checkPrice } from './product.ts'

const schema = {
  summary: 'Change a product, withdraw it or put it back on sale',
  tags: ['products'],
  params: Type.Object({ productId: Id }),
  body: ProductChanges,
  response: { 200: Product },
}
const access = user({ permissions: ['products:write'] })

export const updateProductRoute: Route<Pick<Deps, 'products' | 'currency'>> = async (app, { deps }) => {
  app.patch('/v1/products/:productId', { schema, config: { access } }, async ({ params, body }) => {
    if (body.price) checkPrice(body.price, deps.currency)
    return deps.products.update(params.productId, body)
  })
}
