import type { TokenPair } from '@slipway/contracts/sso'
import type { FastifyReply } from 'fastify'
import type { Deps } from '../deps.ts'
import { userClaims } from '../token/claims.ts'
import type { LoggedIn } from './log-in.ts'
import { cookieOptions, refreshCookie } from './refresh-cookie.ts'

type AnswerDeps = Pick<Deps, 'tokens' | 'settings'>

/** The tokens of a session; with `cookie` the refresh token is in a cookie and not in the body. */
export async function tokenAnswer(
  { user, session, refreshToken }: LoggedIn,
  { cookie, reply }: { cookie: boolean; reply: FastifyReply },
  { tokens, settings }: AnswerDeps,
): Promise<TokenPair> {
  const expiresIn = settings.ACCESS_TOKEN_TTL_S
  const accessToken = await tokens.issue(userClaims(user, session), expiresIn)
  reply.header('cache-control', 'no-store')
  if (!cookie) return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn }
  const maxAge = Math.floor((session.expiresAt.getTime() - session.lastUsedAt.getTime()) / 1_000)
  reply.setCookie(refreshCookie, refreshToken, { ...cookieOptions(settings), maxAge })
  return { accessToken, tokenType: 'Bearer', expiresIn }
}
