import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { cookieOptions, refreshCookie } from './refresh-cookie.ts'

const schema = { summary: 'Log out everywhere', tags: ['sessions'], response: { 204: Type.Null() } }

export const endSessionsRoute: Route<Pick<Deps, 'sessions' | 'clock' | 'settings'>> = async (app, { deps }) => {
  app.delete('/v1/sessions', { schema, config: { access: user() } }, async ({ caller }, reply) => {
    await deps.sessions.endAll(caller.id, 'logged_out', deps.clock.now())
    return reply.clearCookie(refreshCookie, cookieOptions(deps.settings)).status(204).send(null)
  })
}
