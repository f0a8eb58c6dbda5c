import { LedgerAccountPage } from '@slipway/contracts/acquiring'
import { PageQuery } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const permissions = ['ledger:read']
const schema = {
  summary: 'Accounts of the ledger with their balances, by code',
  tags: ['ledger'],
  querystring: Type.Object({
    limit: PageQuery.properties.limit,
    cursor: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })),
  }),
  response: { 200: LedgerAccountPage },
}

export const listAccountsRoute: Route<Pick<Deps, 'ledger'>> = async (app, { deps }) => {
  const access = anyOf(user({ permissions }), service({ permissions }))
  app.get('/v1/ledger/accounts', { schema, config: { access } }, async ({ query: { limit, cursor } }) => {
    const found = await deps.ledger.accounts({ limit: limit + 1, after: cursor }) // one more: is there a next page?
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.code : null }
  })
}
