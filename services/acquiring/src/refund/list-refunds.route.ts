import { RefundPage } from '@slipway/contracts/acquiring'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { mustSee } from '../payment/may-see.ts'
import { refundView } from './refund.ts'

const schema = {
  summary: 'Refunds of a payment, oldest first',
  tags: ['refunds'],
  params: Type.Object({ paymentId: Id }),
  querystring: Type.Object({ limit: PageQuery.properties.limit, cursor: Type.Optional(Id) }),
  response: { 200: RefundPage },
}
const access = anyOf(user(), service({ permissions: ['payments:read'] }))

export const listRefundsRoute: Route<Pick<Deps, 'payments' | 'refunds'>> = async (app, { deps }) => {
  app.get('/v1/payments/:paymentId/refunds', { schema, config: { access } }, async ({ caller, params, query }) => {
    const { id: paymentId } = mustSee(caller, await deps.payments.find(params.paymentId))
    const { limit, cursor } = query
    const found = await deps.refunds.list({ paymentId, limit: limit + 1, after: cursor }) // one more: is there a next page?
    const items = found.slice(0, limit)
    return { items: items.map(refundView), nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
