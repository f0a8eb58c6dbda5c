import { filesContract } from '@slipway/contracts/files'
import { universalTests, type Arrange } from '@slipway/testing'
import { cart } from '../app.ts'
import type { Deps } from '../deps.ts'
import type { Neighbours } from './test.ts'
import { picture, reservation } from './pictures.ts'
import { lantern, sampleId, usd } from './samples.ts'
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
  rows: {
    // the newest picture stays, one that is gone is gone, the one between has been replaced
    '20261128060000_replaced_images': {
      before: `
        INSERT INTO products (id, title, description, price_amount, price_currency, available, created_at, updated_at)
        VALUES ('${lantern.id}', 'Lantern', '', 1, 'USD', true, now(), now());
        INSERT INTO product_images (file_id, product_id, version, url)
        SELECT file_id::uuid, '${lantern.id}', 4, url
        FROM (VALUES ('${sampleId(701)}', NULL), ('${sampleId(702)}', 'x'), ('${sampleId(703)}', 'y')) AS old (file_id, url)`,
      up: {
        query: 'SELECT file_id FROM product_images WHERE replaced',
        rows: [{ file_id: sampleId(702) }],
      },
      down: {
        query: 'SELECT file_id, version, url FROM product_images ORDER BY file_id',
        rows: [
          { file_id: sampleId(701), version: 4, url: null },
          { file_id: sampleId(702), version: 4, url: 'x' },
          { file_id: sampleId(703), version: 4, url: 'y' },
        ],
      },
    },
  },
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
