import { PasswordReset } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { accountKey } from '../attempt/attempt.ts'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { InvalidOneTimeToken } from '../one-time-token/one-time-token.ts'
import { digest } from '../secret/opaque-token.ts'
import { originOf } from '../session/origin.ts'
import { assertStrong, factsAbout } from './password.ts'

const schema = {
  summary: 'Set a new password with the token of the link; every session ends',
  tags: ['users'],
  body: PasswordReset,
  response: { 204: Type.Null() },
}

export const confirmResetRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/password-resets/confirm', { schema, config: { access: anyone() } }, async (request, reply) => {
    const { token, password } = request.body
    const hash = digest(token)
    const addressee = await deps.oneTimeTokens.find(hash, 'password-reset', deps.clock.now())
    if (!addressee) throw new InvalidOneTimeToken()
    // a password that is too weak leaves the link as it is: another may be tried
    await assertStrong(password, factsAbout(addressee), deps.passwordPolicy)
    const passwordHash = await deps.passwords.hash(password)

    const now = deps.clock.now()
    await deps.transaction(async (tx) => {
      const { userId: id, email } = addressee
      // the user before the links, as a change of password or address does: the two could deadlock otherwise
      const changed = await tx.users.setPassword({ id, email }, passwordHash, now)
      const used = changed && (await tx.oneTimeTokens.use(hash, 'password-reset', now))
      if (!used) throw new InvalidOneTimeToken() // or the user has another address by now
      await tx.users.verify(used, now) // whoever read the mail has the address
      await tx.sessions.endAll(id, 'password_changed', now)
      await tx.attempts.clearAll(accountKey(email, undefined))
      await tx.audit.record(byUser('password.reset', id, originOf(request)))
    })
    return reply.status(204).send(null)
  })
}
