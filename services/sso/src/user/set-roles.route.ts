import { Id } from '@slipway/contracts/primitives'
import { User, UserRoles } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { rolesFrom } from '../role/roles.ts'
import { originOf } from '../session/origin.ts'
import { LastAdmin, UserNotFound, viewOf } from './user.ts'

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
    const roles = rolesFrom(body.roles)
    return deps.transaction(async (tx) => {
      const admins = await tx.sessions.lockAdmins()
      if (!roles.includes('admin') && admins.length === 1 && admins[0] === params.id) throw new LastAdmin()
      const before = await tx.users.find(params.id)
      const changed = await tx.users.setRoles(params.id, roles)
      if (!before || !changed) throw new UserNotFound()
      const event = { action: 'user.roles-changed', actor: caller.id, subject: changed.id } as const
      await tx.audit.record({ ...event, origin: originOf(request), details: { from: before.roles, to: roles } })
      return viewOf(changed)
    })
  })
}
