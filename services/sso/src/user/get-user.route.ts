import { Id } from '@slipway/contracts/primitives'
import { User } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { UserNotFound, viewOf } from './user.ts'

const schema = { summary: 'A user', tags: ['users'], params: Type.Object({ id: Id }), response: { 200: User } }
const access = user({ permissions: ['users:read'] })

export const getUserRoute: Route<Pick<Deps, 'users'>> = async (app, { deps }) => {
  app.get('/v1/users/:id', { schema, config: { access } }, async ({ params: { id } }) => {
    const found = await deps.users.find(id)
    if (!found) throw new UserNotFound()
    return viewOf(found)
  })
}
