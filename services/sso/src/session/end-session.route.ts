import { Id } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { originOf } from './origin.ts'
import { SessionNotFound } from './session.ts'

const schema = {
  summary: 'Log out on another device',
  tags: ['sessions'],
  params: Type.Object({ id: Id }),
  response: { 204: Type.Null() },
}

export const endSessionRoute: Route<Pick<Deps, 'transaction' | 'clock'>> = async (app, { deps }) => {
  app.delete('/v1/sessions/:id', { schema, config: { access: user() } }, async (request, reply) => {
    const { id } = request.params
    const userId = request.caller.id
    await deps.transaction(async (tx) => {
      if (!(await tx.sessions.end({ id, userId }, 'logged_out', deps.clock.now()))) throw new SessionNotFound()
      await tx.audit.record(byUser('session.ended', userId, originOf(request), { sessionId: id }))
    })
    return reply.status(204).send(null)
  })
}
