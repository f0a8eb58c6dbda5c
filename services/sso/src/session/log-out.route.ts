import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { originOf } from './origin.ts'
import { cookieOptions, refreshCookie } from './refresh-cookie.ts'
import { SessionNotFound } from './session.ts'

const schema = { summary: 'Log out here', tags: ['sessions'], response: { 204: Type.Null() } }

export const logOutRoute: Route<Pick<Deps, 'transaction' | 'clock' | 'settings'>> = async (app, { deps }) => {
  app.delete('/v1/sessions/current', { schema, config: { access: user() } }, async (request, reply) => {
    const { id: userId, sessionId: id } = request.caller
    if (id === undefined) throw new SessionNotFound()
    await deps.transaction(async (tx) => {
      if (await tx.sessions.end({ id, userId }, 'logged_out', deps.clock.now()))
        await tx.audit.record(byUser('session.ended', userId, originOf(request), { sessionId: id }))
    })
    return reply.clearCookie(refreshCookie, cookieOptions(deps.settings)).status(204).send(null)
  })
}
