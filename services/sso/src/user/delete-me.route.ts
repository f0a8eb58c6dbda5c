import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { accountKey } from '../attempt/attempt.ts'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { cookieOptions, refreshCookie } from '../session/refresh-cookie.ts'
import { isLastAdmin, LastAdmin, userDeleted, UserNotFound } from './user.ts'

const schema = {
  summary:
    'Erase the caller, but not the last admin (409 LAST_ADMIN): account and sessions go, and every service forgets them',
  tags: ['users'],
  response: { 204: Type.Null() },
}

export const deleteMeRoute: Route<Deps> = async (app, { deps }) => {
  app.delete('/v1/me', { schema, config: { access: user() } }, async (request, reply) => {
    await deps.transaction(async (tx) => {
      if (isLastAdmin(await tx.sessions.lockAdmins(), request.caller.id)) throw new LastAdmin()
      const deleted = await tx.users.delete(request.caller.id)
      if (!deleted) throw new UserNotFound()
      await tx.attempts.clearAll(accountKey(deleted.email, undefined))
      await tx.audit.record(byUser('user.deleted', deleted.id, originOf(request)))
      await tx.emit(userDeleted(deleted))
    })
    return reply.clearCookie(refreshCookie, cookieOptions(deps.settings)).status(204).send(null)
  })
}
