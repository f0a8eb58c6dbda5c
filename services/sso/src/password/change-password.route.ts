import { PasswordChange } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { loginGuard, loginLimits } from '../attempt/login-guard.ts'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { originOf } from '../session/origin.ts'
import { UserNotFound } from '../user/user.ts'
import { assertStrong, factsAbout, WrongPassword } from './password.ts'

const schema = {
  summary: 'Change the caller’s own password; every other session ends, and so do links that set one',
  tags: ['users'],
  body: PasswordChange,
  response: { 204: Type.Null() },
}

export const changePasswordRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/me/password', { schema, config: { access: user() } }, async (request, reply) => {
    const { caller, body } = request
    const origin = originOf(request)
    const found = await deps.users.find(caller.id)
    if (!found) throw new UserNotFound()

    await assertStrong(body.newPassword, factsAbout(found), deps.passwordPolicy, '/body/newPassword')
    // whoever has a stolen access token must not guess here either; the owner’s own place has its own counter
    const account = await deps.sessions.account(found.email, origin.network)
    const guard = loginGuard(
      { email: found.email, network: origin.network, known: account?.known ?? false },
      { attempts: deps.attempts, clock: deps.clock, limits: loginLimits(deps.settings) },
    )
    if (!(await deps.passwords.verify(found.passwordHash, body.currentPassword, guard))) {
      await deps.audit.record(byUser('password.change-refused', found.id, origin))
      throw new WrongPassword()
    }
    await guard.succeeded()
    const passwordHash = await deps.passwords.hash(body.newPassword)

    const now = deps.clock.now()
    await deps.transaction(async (tx) => {
      // the password that was checked may have been reset since
      const { id, passwordChangedAt } = found
      if (!(await tx.users.setPassword({ id, passwordChangedAt }, passwordHash, now))) throw new WrongPassword()
      await tx.oneTimeTokens.endAll(found.id, 'password-reset')
      await tx.sessions.endAll(found.id, 'password_changed', now, caller.sessionId)
      await tx.audit.record(byUser('password.changed', found.id, origin))
    })
    return reply.status(204).send(null)
  })
}
