import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { cookieOptions, refreshCookie } from './refresh-cookie.ts'
import { SessionNotFound } from './session.ts'

const schema = { summary: 'Log out here', tags: ['sessions'], response: { 204: Type.Null() } }

export const logOutRoute: Route<Pick<Deps, 'sessions' | 'clock' | 'settings'>> = async (app, { deps }) => {
  app.delete('/v1/sessions/current', { schema, config: { access: user() } }, async ({ caller }, reply) => {
    if (caller.sessionId === undefined) throw new SessionNotFound()
    await deps.sessions.end({ id: caller.sessionId, userId: caller.id }, 'logged_out', deps.clock.now())
    return reply.clearCookie(refreshCookie, cookieOptions(deps.settings)).status(204).send(null)
  })
}
