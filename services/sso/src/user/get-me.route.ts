import { User } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { UserNotFound, viewOf } from './user.ts'

const schema = { summary: 'The caller’s own profile', tags: ['users'], response: { 200: User } }

export const getMeRoute: Route<Pick<Deps, 'users'>> = async (app, { deps }) => {
  app.get('/v1/me', { schema, config: { access: user() } }, async ({ caller }) => {
    const found = await deps.users.find(caller.id)
    if (!found) throw new UserNotFound()
    return viewOf(found)
  })
}
