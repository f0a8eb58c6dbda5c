import { Refresh, TokenPair } from '@slipway/contracts/sso'
import { anyone, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { originOf } from './origin.ts'
import { cookieOptions, refreshCookie } from './refresh-cookie.ts'
import { refreshSession } from './refresh-session.ts'
import { InvalidRefreshToken, TokenReused } from './refresh-token.ts'
import { tokenAnswer } from './token-answer.ts'

const schema = {
  summary: 'New tokens for a refresh token, from the body or from the cookie',
  tags: ['sessions'],
  body: Refresh,
  response: { 200: TokenPair },
}

export const refreshSessionRoute: Route<Deps> = async (app, { deps }) => {
  app.post('/v1/sessions/refresh', { schema, config: { access: anyone() } }, async (request, reply) => {
    const { body, cookies } = request
    const given = body?.refreshToken
    const presented = given ?? cookies[refreshCookie]
    const cookie = given === undefined
    try {
      if (presented === undefined) throw new InvalidRefreshToken()
      return await tokenAnswer(await refreshSession(presented, originOf(request), deps), { cookie, reply }, deps)
    } catch (error) {
      const dead = error instanceof InvalidRefreshToken || error instanceof TokenReused
      if (cookie && dead) reply.clearCookie(refreshCookie, cookieOptions(deps.settings))
      throw error
    }
  })
}
