import { filesContract } from '@slipway/contracts/files'
import { universalTests, type Arrange } from '@slipway/testing'
import { cart } from '../app.ts'
import type { Deps } from '../deps.ts'
import type { Neighbours } from './test.ts'
import { picture, reservation } from './pictures.ts'
import { lantern, usd } from './samples.ts'
import { fillCart } from './shopping.ts'

const withProduct: Arrange<Deps, Neighbours> = async ({ deps }) => {
  await deps.products.add([lantern])
  return { params: { productId: lantern.id } }
}

universalTests(cart.definition, {
  neighbours: { files: filesContract },
  publicRoutes: ['GET /cart/v1/products', 'GET /cart/v1/products/:productId'],
  owned: {
    'GET /cart/v1/carts/:cartId': async (world, owner) => ({ params: { cartId: await fillCart(world, owner) } }),
    'POST /cart/internal/v1/carts/:cartId/checkout': async (world, owner) => ({
      params: { cartId: await fillCart(world, owner) },
    }),
  },
  notOwned: ['PUT /cart/v1/cart/items/:productId', 'DELETE /cart/v1/cart/items/:productId'],
  requests: {
    'GET /cart/v1/products/:productId': withProduct,
    'POST /cart/v1/products': async () => ({ body: { title: 'Mug', description: 'Half a litre', price: usd(1_450) } }),
    'PATCH /cart/v1/products/:productId': async (world, person) => ({
      ...(await withProduct(world, person)),
      body: { title: 'Mug', description: 'Half a litre', price: usd(1_450), available: true },
    }),
    'POST /cart/v1/products/:productId/image': async (world, person) => {
      world.neighbours.files.answers(filesContract.reserve, () => ({ status: 201, json: reservation }))
      return { ...(await withProduct(world, person)), body: picture }
    },
    'PUT /cart/v1/cart/items/:productId': withProduct,
    'DELETE /cart/v1/cart/items/:productId': withProduct,
  },
})
