import { SettlementPage, SettlementQuery } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { periodOf } from './period.ts'
import { cursorOf } from './settlement.store.ts'

const schema = {
  summary: 'The settlement of a period that is over: every movement of money, with the bank’s fee',
  tags: ['merchant'],
  querystring: SettlementQuery,
  response: { 200: SettlementPage },
}

export const listSettlementRoute: Route<Pick<Deps, 'settlement' | 'clock'>> = async (app, { deps }) => {
  app.get('/v1/settlements', { schema, config: { access: merchantAccess } }, async ({ query }) => {
    const { limit, cursor } = query
    const found = await deps.settlement.lines(periodOf(query, deps.clock), limit + 1, cursor) // one more: is there a next page?
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? cursorOf(items.at(-1)!) : null }
  })
}
