import { ProductPage } from '@slipway/contracts/cart'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const schema = {
  summary: 'Products that can be bought, oldest first',
  tags: ['products'],
  querystring: Type.Object({ limit: PageQuery.properties.limit, cursor: Type.Optional(Id) }),
  response: { 200: ProductPage },
}

export const listProductsRoute: Route<Pick<Deps, 'products'>> = async (app, { deps }) => {
  app.get('/v1/products', { schema, config: { access: anyone() } }, async ({ query: { limit, cursor } }) => {
    const found = await deps.products.list(limit + 1, cursor) // one more tells whether another page follows
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
