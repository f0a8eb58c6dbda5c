import { NewUser, User } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import { networkOf } from '../attempt/network.ts'
import { countRegistration } from '../attempt/registration-limit.ts'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { assertStrong, factsAbout } from '../password/password.ts'
import { announceLink, countLink } from '../one-time-token/request-link.ts'
import { originOf } from '../session/origin.ts'
import { trimEmail } from './trim-email.ts'
import { registerUser, userRegistered, viewOf } from './user.ts'

const schema = { summary: 'Register', tags: ['users'], body: NewUser, response: { 201: User } }

export const registerUserRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/users', { schema, config: { access: anyone() }, preValidation: trimEmail }, async (request, reply) => {
    const { email, password, name } = request.body
    await countRegistration(networkOf(request.ip), deps)
    await assertStrong(password, factsAbout({ email, name }), deps.passwordPolicy)
    const passwordHash = await deps.passwords.hash(password)
    const user = registerUser({ id: deps.newId(), email, name, passwordHash, now: deps.clock.now() })
    await deps.transaction(async (tx) => {
      await tx.users.insert(user)
      await tx.emit(userRegistered(user))
      // who erases themselves and registers again must not send mail without end
      if (await countLink('email-verification', user.email, { ...deps, attempts: tx.attempts }))
        await announceLink('email-verification', user.email, tx, deps)
      await tx.audit.record(byUser('user.registered', user.id, originOf(request)))
    })
    return reply.status(201).send(viewOf(user))
  })
}
