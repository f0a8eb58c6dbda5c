import { Login, TokenPair } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { logIn } from './log-in.ts'
import { originOf } from './origin.ts'
import { tokenAnswer } from './token-answer.ts'

const schema = { summary: 'Log in', tags: ['sessions'], body: Login, response: { 201: TokenPair } }

export const logInRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/sessions', { schema, config: { access: anyone() } }, async (request, reply) => {
    const { email, password, cookie = false } = request.body
    const loggedIn = await logIn({ email, password }, originOf(request), deps)
    return reply.status(201).send(await tokenAnswer(loggedIn, { cookie, reply }, deps))
  })
}
