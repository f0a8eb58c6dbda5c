import { PageQuery } from '@slipway/contracts/primitives'
import { SessionPage } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { viewOf } from './session.ts'

const schema = {
  summary: 'Where the caller is logged in',
  tags: ['sessions'],
  querystring: Type.Object({
    ...PageQuery.properties,
    cursor: Type.Optional(Type.String({ format: 'uuid', description: '`nextCursor` of the page before' })),
  }),
  response: { 200: SessionPage },
}

export const listSessionsRoute: Route<Pick<Deps, 'sessions' | 'clock'>> = async (app, { deps }) => {
  app.get('/v1/sessions', { schema, config: { access: user() } }, async ({ caller, query: { limit, cursor } }) => {
    const found = await deps.sessions.live(caller.id, { after: cursor, limit: limit + 1 }, deps.clock.now())
    const items = found.slice(0, limit).map((session) => viewOf(session, caller.sessionId))
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
