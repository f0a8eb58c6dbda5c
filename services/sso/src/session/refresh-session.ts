import { SessionTokenReused } from '@slipway/contracts/sso'
import { AppError } from '@slipway/errors'
import type { Deps, Tx } from '../deps.ts'
import { digest, newOpaqueToken } from '../secret/opaque-token.ts'
import type { LoggedIn } from './log-in.ts'
import { InvalidRefreshToken, judge, openSuccessor, sealSuccessor, TokenReused } from './refresh-token.ts'
import { useSession, type Origin, type Session } from './session.ts'

type RefreshDeps = Pick<Deps, 'transaction' | 'clock' | 'settings' | 'sessionLimits'>

/**
 * Exchanges a refresh token for its successor.
 *
 * @throws InvalidRefreshToken; TokenReused, and the whole family is over then
 */
export async function refreshSession(presented: string, origin: Origin, deps: RefreshDeps): Promise<LoggedIn> {
  // a refusal is returned, not thrown: what it wrote must be committed
  const outcome = await deps.transaction((tx) => refresh(presented, origin, tx, deps))
  if (outcome instanceof AppError) throw outcome
  return outcome
}

async function refresh(presented: string, origin: Origin, tx: Tx, deps: RefreshDeps): Promise<LoggedIn | AppError> {
  const hash = digest(presented)
  const session = await tx.sessions.lockByToken(hash)
  const token = session && (await tx.sessions.token(hash)) // read under the lock: the one before may have rotated it
  const user = session && (await tx.users.find(session.userId))
  if (!token || !user) return new InvalidRefreshToken()

  const now = deps.clock.now()
  switch (judge(token, session, deps.settings.REFRESH_GRACE_S * 1_000, now)) {
    case 'refused':
      return new InvalidRefreshToken()
    case 'reused':
      if (await tx.sessions.end(session, 'token_reused', now)) await tellOfReuse(session, origin, tx)
      return new TokenReused()
    case 'repeat':
      return { user, session, refreshToken: openSuccessor(presented, token.successor!) }
    case 'rotate': {
      const used = useSession(session, deps.sessionLimits, now)
      const refreshToken = newOpaqueToken()
      const sealed = sealSuccessor(presented, refreshToken)
      await tx.sessions.rotate(used, { from: hash, to: digest(refreshToken), sealed })
      return { user, session: used, refreshToken }
    }
  }
}

/** Nobody knows which of the two is the thief: neither is the actor. */
async function tellOfReuse({ id, userId }: Session, origin: Origin, tx: Tx) {
  await tx.audit.record({
    action: 'session.token-reused',
    actor: null,
    subject: userId,
    origin,
    details: { sessionId: id },
  })
  await tx.emit(SessionTokenReused.create({ subject: id, data: { userId, sessionId: id } }))
}
