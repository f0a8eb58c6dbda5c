import { PageQuery } from '@slipway/contracts/primitives'
import { UserPage } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { normalizeEmail, viewOf } from './user.ts'

const schema = {
  summary: 'All users, oldest first, or the one with an address',
  tags: ['users'],
  querystring: Type.Object({
    ...PageQuery.properties,
    cursor: Type.Optional(Type.String({ format: 'uuid', description: '`nextCursor` of the page before' })),
    email: Type.Optional(Type.String({ minLength: 1, maxLength: 254, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })),
  }),
  response: { 200: UserPage },
}
const access = user({ permissions: ['users:read'] })

export const listUsersRoute: Route<Pick<Deps, 'users'>> = async (app, { deps }) => {
  app.get('/v1/users', { schema, config: { access } }, async ({ query: { limit, cursor, email } }) => {
    const filter = { after: cursor, email: email === undefined ? undefined : normalizeEmail(email) }
    const found = await deps.users.list({ ...filter, limit: limit + 1 })
    const items = found.slice(0, limit).map(viewOf)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
