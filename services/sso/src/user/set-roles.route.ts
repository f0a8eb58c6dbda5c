import { Id } from '@slipway/contracts/primitives'
import { User, UserRoles } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { setRoles } from './set-roles.ts'
import { viewOf } from './user.ts'

const schema = {
  summary: 'Set the roles of a user; they count from the next access token on',
  tags: ['users'],
  params: Type.Object({ id: Id }),
  body: UserRoles,
  response: { 200: User },
}
const access = user({ permissions: ['users:write'] })

export const setRolesRoute: Route<Deps> = async (app, { deps }) => {
  app.put('/v1/users/:id/roles', { schema, config: { access } }, async (request) => {
    const { caller, params, body } = request
    const change = { userId: params.id, roles: body.roles, actor: caller.id, origin: originOf(request) }
    return viewOf(await deps.transaction((tx) => setRoles(tx, change)))
  })
}
