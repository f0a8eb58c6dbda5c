import { Id } from '@slipway/contracts/primitives'
import { User, UserChanges } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { announceLink } from '../one-time-token/request-link.ts'
import { originOf } from '../session/origin.ts'
import { trimEmail } from './trim-email.ts'
import { UserNotFound, viewOf } from './user.ts'

const schema = {
  summary: 'Change a user; a new address is sent a link to prove it, and links that set a password end',
  tags: ['users'],
  params: Type.Object({ id: Id }),
  body: UserChanges,
  response: { 200: User },
}
const access = user({ permissions: ['users:write'] })

export const updateUserRoute: Route<Deps> = async (app, { deps }) => {
  const options = { schema, config: { access }, preValidation: trimEmail }
  app.patch('/v1/users/:id', options, async (request) => {
    const { caller, params, body } = request
    return deps.transaction(async (tx) => {
      const before = await tx.users.find(params.id)
      const changed = await tx.users.change(params.id, body)
      if (!before || !changed) throw new UserNotFound()
      if (changed.email !== before.email) {
        await tx.oneTimeTokens.endAll(changed.id, 'password-reset')
        // others learn the address from this, too
        await announceLink('email-verification', changed.email, tx, deps)
      }
      const event = { action: 'user.changed', actor: caller.id, subject: changed.id } as const
      await tx.audit.record({ ...event, origin: originOf(request), details: { fields: Object.keys(body) } })
      return viewOf(changed)
    })
  })
}
