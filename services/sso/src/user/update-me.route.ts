import { ProfileChanges, User } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { UserNotFound, viewOf } from './user.ts'

const schema = {
  summary: 'Change the caller’s own profile',
  tags: ['users'],
  body: ProfileChanges,
  response: { 200: User },
}

export const updateMeRoute: Route<Pick<Deps, 'users'>> = async (app, { deps }) => {
  app.patch('/v1/me', { schema, config: { access: user() } }, async ({ caller, body: { name } }) => {
    const changed = name === undefined ? await deps.users.find(caller.id) : await deps.users.rename(caller.id, name)
    if (!changed) throw new UserNotFound()
    return viewOf(changed)
  })
}
