import { EmailConfirmation } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { InvalidOneTimeToken } from '../one-time-token/one-time-token.ts'
import { digest } from '../secret/opaque-token.ts'
import { originOf } from '../session/origin.ts'

const schema = {
  summary: 'Prove an address with the token of the link',
  tags: ['users'],
  body: EmailConfirmation,
  response: { 204: Type.Null() },
}

export const confirmEmailRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/email-verifications/confirm', { schema, config: { access: anyone() } }, async (request, reply) => {
    const now = deps.clock.now()
    await deps.transaction(async (tx) => {
      const addressee = await tx.oneTimeTokens.use(digest(request.body.token), 'email-verification', now)
      // the user may have another address by now
      if (!addressee || !(await tx.users.verify(addressee, now))) throw new InvalidOneTimeToken()
      await tx.audit.record(byUser('email.verified', addressee.userId, originOf(request)))
    })
    return reply.status(204).send(null)
  })
}
