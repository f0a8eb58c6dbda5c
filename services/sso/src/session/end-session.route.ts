import { Id } from '@slipway/contracts/primitives'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { SessionNotFound } from './session.ts'

const schema = {
  summary: 'Log out on another device',
  tags: ['sessions'],
  params: Type.Object({ id: Id }),
  response: { 204: Type.Null() },
}

export const endSessionRoute: Route<Pick<Deps, 'sessions' | 'clock'>> = async (app, { deps }) => {
  app.delete('/v1/sessions/:id', { schema, config: { access: user() } }, async ({ caller, params: { id } }, reply) => {
    const ended = await deps.sessions.end({ id, userId: caller.id }, 'logged_out', deps.clock.now())
    if (!ended) throw new SessionNotFound()
    return reply.status(204).send(null)
  })
}
