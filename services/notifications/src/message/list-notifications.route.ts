import { NotificationPage } from '@slipway/contracts/notifications'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const schema = {
  summary: 'What became of messages, newest first, or of those to one address',
  tags: ['notifications'],
  querystring: Type.Object({
    limit: PageQuery.properties.limit,
    cursor: Type.Optional(Id),
    address: Type.Optional(Type.String({ minLength: 1, maxLength: 400, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })),
  }),
  response: { 200: NotificationPage },
}
const access = user({ permissions: ['notifications:read'] })

export const listNotificationsRoute: Route<Pick<Deps, 'messages'>> = async (app, { deps }) => {
  app.get('/v1/notifications', { schema, config: { access } }, async ({ query: { limit, cursor, address } }) => {
    const found = await deps.messages.list(limit + 1, { address, before: cursor })
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
