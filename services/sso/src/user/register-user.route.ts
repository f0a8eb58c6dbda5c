import { NewUser, User } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import { networkOf } from '../attempt/network.ts'
import { countRegistration } from '../attempt/registration-limit.ts'
import type { Deps } from '../deps.ts'
import { assertStrong, factsAbout } from '../password/password.ts'
import { normalizeEmail, registerUser, userRegistered, viewOf } from './user.ts'

const schema = { summary: 'Register', tags: ['users'], body: NewUser, response: { 201: User } }

export const registerUserRoute: Route<Deps> = async (app, { deps }) => {
  app.post(
    '/v1/users',
    { schema, config: { access: anyone() }, preValidation: trimEmail },
    async ({ body: { email, password, name }, ip }, reply) => {
      await countRegistration(networkOf(ip), deps)
      await assertStrong(password, factsAbout({ email, name }), deps.passwordPolicy)
      const passwordHash = await deps.passwords.hash(password)
      const user = registerUser({ id: deps.newId(), email, name, passwordHash, now: deps.clock.now() })
      await deps.transaction(async (tx) => {
        await tx.users.insert(user)
        await tx.emit(userRegistered(user))
      })
      return reply.status(201).send(viewOf(user))
    },
  )
}

/** People paste addresses with spaces around them; the schema judges what is left. */
async function trimEmail({ body }: { body: unknown }) {
  if (typeof body !== 'object' || body === null || !('email' in body)) return
  if (typeof body.email === 'string') body.email = normalizeEmail(body.email)
}
