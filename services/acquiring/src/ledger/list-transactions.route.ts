import { LedgerTransactionPage } from '@slipway/contracts/acquiring'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const permissions = ['ledger:read']
const schema = {
  summary: 'Transactions of the ledger with their entries, newest first; of one payment where it is told',
  tags: ['ledger'],
  querystring: Type.Object({
    limit: PageQuery.properties.limit,
    cursor: Type.Optional(Id),
    paymentId: Type.Optional(Id),
  }),
  response: { 200: LedgerTransactionPage },
}

export const listTransactionsRoute: Route<Pick<Deps, 'ledger'>> = async (app, { deps }) => {
  const access = anyOf(user({ permissions }), service({ permissions }))
  app.get('/v1/ledger/transactions', { schema, config: { access } }, async ({ query }) => {
    const { limit, cursor: before, paymentId } = query
    const found = await deps.ledger.transactions({ limit: limit + 1, before, paymentId }) // one more: is there a next page?
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
