import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { originOf } from './origin.ts'
import { cookieOptions, refreshCookie } from './refresh-cookie.ts'

const schema = { summary: 'Log out everywhere', tags: ['sessions'], response: { 204: Type.Null() } }

export const endSessionsRoute: Route<Pick<Deps, 'transaction' | 'clock' | 'settings'>> = async (app, { deps }) => {
  app.delete('/v1/sessions', { schema, config: { access: user() } }, async (request, reply) => {
    await deps.transaction(async (tx) => {
      await tx.sessions.endAll(request.caller.id, 'logged_out', deps.clock.now())
      await tx.audit.record(byUser('session.all-ended', request.caller.id, originOf(request)))
    })
    return reply.clearCookie(refreshCookie, cookieOptions(deps.settings)).status(204).send(null)
  })
}
