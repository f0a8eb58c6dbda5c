import { Id } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { accountKey } from '../attempt/attempt.ts'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { UserNotFound } from './user.ts'

const schema = {
  summary: 'Forget the failed log-ins of a user, wherever they came from',
  tags: ['users'],
  params: Type.Object({ id: Id }),
  response: { 204: Type.Null() },
}
const access = user({ permissions: ['users:write'] })

export const unlockUserRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/users/:id/unlock', { schema, config: { access } }, async (request, reply) => {
    await deps.transaction(async (tx) => {
      const found = await tx.users.find(request.params.id)
      if (!found) throw new UserNotFound()
      await tx.attempts.clearAll(accountKey(found.email, undefined))
      const event = { action: 'user.unlocked', actor: request.caller.id, subject: found.id } as const
      await tx.audit.record({ ...event, origin: originOf(request) })
    })
    return reply.status(204).send(null)
  })
}
