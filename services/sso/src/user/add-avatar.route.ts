import { FileFacts, Reservation } from '@slipway/contracts/files'
import { forward } from '@slipway/s2s'
import { user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { UserNotFound } from './user.ts'

const schema = {
  summary: 'Ask Files for an upload of the caller’s picture: send its form, then complete it there',
  tags: ['users'],
  body: FileFacts,
  response: { 201: Reservation },
}

export const addAvatarRoute: Route<Pick<Deps, 'users' | 'files'>> = async (app, { deps }) => {
  app.post('/v1/me/avatar', { schema, config: { access: user() } }, async ({ caller, body }, reply) => {
    if (!(await deps.users.find(caller.id))) throw new UserNotFound()
    return reply.code(201).send(await deps.files.reserve({ ...body, purpose: 'avatar' }, forward(caller)))
  })
}
