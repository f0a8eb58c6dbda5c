import { byUser } from '../audit/audit.ts'
import type { Deps } from '../deps.ts'
import { digest } from '../secret/opaque-token.ts'
import type { Origin } from '../session/session.ts'
import { UnsupportedTokenType } from './oauth-errors.ts'
import { readOwnToken } from './own-token.ts'

type RevokeDeps = Pick<Deps, 'sessions' | 'transaction' | 'signingKeys' | 'clock' | 'settings'>

/**
 * Ends the session of a user’s access or refresh token; any other text is revoked already (RFC 7009 section 2.2).
 *
 * @throws UnsupportedTokenType for tokens of services, which verifiers accept until they expire, a few minutes later
 */
export async function revokeToken(token: string, origin: Origin, deps: RevokeDeps): Promise<void> {
  const session = await sessionOf(token, deps)
  if (!session) return
  const { id, userId } = session
  await deps.transaction(async (tx) => {
    if (await tx.sessions.end({ id, userId }, 'logged_out', deps.clock.now()))
      await tx.audit.record(byUser('session.ended', userId, origin, { sessionId: id, by: 'revocation' }))
  })
}

async function sessionOf(token: string, deps: RevokeDeps) {
  const claims = await readOwnToken(token, deps)
  if (claims && claims['token_use'] !== 'user')
    throw new UnsupportedTokenType('A token of a service cannot be revoked: it ends by itself, soon')
  const id = claims ? String(claims['sid']) : (await deps.sessions.token(digest(token)))?.sessionId
  return id === undefined ? undefined : deps.sessions.find(id)
}
