import { Product } from '@slipway/contracts/cart'
import { Id } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const schema = {
  summary: 'A product, also when it is withdrawn',
  tags: ['products'],
  params: Type.Object({ productId: Id }),
  response: { 200: Product },
}

export const getProductRoute: Route<Pick<Deps, 'products'>> = async (app, { deps }) => {
  app.get('/v1/products/:productId', { schema, config: { access: anyone() } }, ({ params }) =>
    deps.products.get(params.productId),
  )
}
