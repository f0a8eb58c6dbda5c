import { universalTests } from '@slipway/testing'
import { cart } from '../app.ts'
import { fillCart } from './shopping.ts'

universalTests(cart.definition, {
  publicRoutes: ['GET /cart/v1/products', 'GET /cart/v1/products/:productId'],
  owned: {
    'GET /cart/v1/carts/:cartId': async (world, owner) => ({ params: { cartId: await fillCart(world, owner) } }),
    'POST /cart/internal/v1/carts/:cartId/checkout': async (world, owner) => ({
      params: { cartId: await fillCart(world, owner) },
    }),
  },
  notOwned: ['PUT /cart/v1/cart/items/:productId', 'DELETE /cart/v1/cart/items/:productId'],
})
