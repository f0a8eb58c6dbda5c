import { DifferencePage, ReconciliationPage } from '@slipway/contracts/acquiring'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { anyOf, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const permissions = ['ledger:read']
const access = anyOf(user({ permissions }), service({ permissions }))
const querystring = Type.Object({ limit: PageQuery.properties.limit, cursor: Type.Optional(Id) })

const schema = {
  summary: 'What providers settled compared with the ledger, newest period first',
  tags: ['ledger'],
  querystring,
  response: { 200: ReconciliationPage },
}

export const listReconciliationsRoute: Route<Pick<Deps, 'reconciliation'>> = async (app, { deps }) => {
  app.get('/v1/reconciliations', { schema, config: { access } }, async ({ query: { limit, cursor } }) => {
    const found = await deps.reconciliation.reader.list({ limit: limit + 1, before: cursor }) // one more: is there a next page?
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })

  const ofOne = {
    summary: 'Every difference that a reconciliation found, oldest first',
    tags: ['ledger'],
    params: Type.Object({ reconciliationId: Id }),
    querystring,
    response: { 200: DifferencePage },
  }
  app.get(
    '/v1/reconciliations/:reconciliationId/differences',
    { schema: ofOne, config: { access } },
    async (request) => {
      const { limit, cursor: after } = request.query
      const { reconciliationId } = request.params
      const found = await deps.reconciliation.reader.differences({ reconciliationId, limit: limit + 1, after })
      const items = found.slice(0, limit)
      return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
    },
  )
}
