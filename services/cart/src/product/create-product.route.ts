import { NewProduct, Product } from '@slipway/contracts/cart'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { createProduct } from './product.ts'

const schema = {
  summary: 'Put a product on sale',
  tags: ['products'],
  body: NewProduct,
  response: { 201: Product },
}
const access = user({ permissions: ['products:write'] })

export const createProductRoute: Route<Pick<Deps, 'products' | 'newId' | 'currency'>> = async (app, { deps }) => {
  app.post('/v1/products', { schema, config: { access } }, async ({ body }, reply) => {
    const product = createProduct(deps.newId(), body, deps.currency)
    await deps.products.add([product])
    return reply.code(201).send(product)
  })
}
