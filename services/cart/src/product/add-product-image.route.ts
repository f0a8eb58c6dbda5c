import { FileFacts, Reservation } from '@slipway/contracts/files'
import { Id } from '@slipway/contracts/primitives'
import { exchange } from '@slipway/s2s'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const schema = {
  summary: 'Ask Files for an upload of a product’s picture: send its form, then complete it there',
  tags: ['products'],
  params: Type.Object({ productId: Id }),
  body: FileFacts,
  response: { 201: Reservation },
}
const access = user({ permissions: ['products:write'] })

export const addProductImageRoute: Route<Pick<Deps, 'products' | 'files'>> = async (app, { deps }) => {
  app.post('/v1/products/:productId/image', { schema, config: { access } }, async ({ caller, params, body }, reply) => {
    const { id: subject } = await deps.products.get(params.productId)
    const upload = await deps.files.reserve({ ...body, purpose: 'product-image', subject }, exchange(caller))
    return reply.code(201).send(upload)
  })
}
