import { PaymentPage } from '@slipway/contracts/acquiring'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { anyOf, may, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { paymentView } from './payment-view.ts'

const schema = {
  summary: 'Payments, newest first: the caller’s own, or with payments:read everybody’s',
  tags: ['payments'],
  querystring: Type.Object({ limit: PageQuery.properties.limit, cursor: Type.Optional(Id) }),
  response: { 200: PaymentPage },
}
const access = anyOf(user(), service({ permissions: ['payments:read'] }))

export const listPaymentsRoute: Route<Pick<Deps, 'payments'>> = async (app, { deps }) => {
  app.get('/v1/payments', { schema, config: { access } }, async ({ caller, query: { limit, cursor } }) => {
    const userId = may(caller, 'payments:read') ? undefined : caller.id
    const found = await deps.payments.list({ userId, limit: limit + 1, before: cursor }) // one more: is there a next page?
    const items = found.slice(0, limit)
    return { items: items.map(paymentView), nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
