import { Id } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { orderOf } from './order-of.ts'
import { documentOf, sendDocument } from './show-page.ts'

const schema = { hide: true, params: Type.Object({ id: Id }) }

export const showPageRoute: Route<Pick<Deps, 'pages' | 'publicUrl' | 'settings'>> = async (app, { deps }) => {
  app.get('/pages/:id', { schema, config: { access: anyone() } }, async ({ params }, reply) => {
    const page = await deps.pages.get(params.id)
    return sendDocument(reply, page, documentOf(orderOf(deps, page)))
  })
}
