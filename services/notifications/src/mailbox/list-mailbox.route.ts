import { MailPage } from '@slipway/contracts/notifications'
import { Id, PageQuery } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const schema = {
  summary: 'Development only: mails instead of being sent, newest first',
  tags: ['mailbox'],
  querystring: Type.Object({
    limit: PageQuery.properties.limit,
    cursor: Type.Optional(Id),
    to: Type.Optional(Type.String({ minLength: 1, maxLength: 254, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })),
  }),
  response: { 200: MailPage },
}

export const listMailboxRoute: Route<Pick<Deps, 'mailbox'>> = async (app, { deps }) => {
  app.get('/v1/mailbox', { schema, config: { access: anyone() } }, async ({ query: { limit, cursor, to } }) => {
    const found = await deps.mailbox.list(limit + 1, { to, before: cursor })
    const items = found.slice(0, limit)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
