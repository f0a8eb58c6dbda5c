import { LinkRequest } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { requestLink } from '../one-time-token/request-link.ts'
import { originOf } from '../session/origin.ts'
import { trimEmail } from '../user/trim-email.ts'

const schema = {
  summary: 'Send a link that sets a new password; the same answer whether somebody has the address or not',
  tags: ['users'],
  body: LinkRequest,
  response: { 202: Type.Null() },
}

export const requestResetRoute: Route<Deps> = async (app, { deps }) => {
  const options = { schema, config: { access: anyone() }, preValidation: trimEmail }
  app.post('/v1/password-resets', options, async (request, reply) => {
    await requestLink('password-reset', request.body.email, originOf(request), deps)
    return reply.status(202).send(null)
  })
}
