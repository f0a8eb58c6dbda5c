import { loginGuard, loginLimits } from '../attempt/login-guard.ts'
import { platformClient } from '../client/clients.ts'
import type { Deps } from '../deps.ts'
import { digest, newOpaqueToken } from '../secret/opaque-token.ts'
import { normalizeEmail, UserNotFound, type User } from '../user/user.ts'
import { InvalidCredentials, startSession, type Origin, type Session } from './session.ts'

/** A person in a session, with the refresh token that keeps it going. */
export interface LoggedIn {
  user: User
  session: Session
  refreshToken: string
}

type LoginDeps = Pick<
  Deps,
  'sessions' | 'users' | 'passwords' | 'attempts' | 'transaction' | 'clock' | 'newId' | 'settings' | 'sessionLimits'
>

/** @throws InvalidCredentials, TooManyAttempts, TooBusy */
export async function logIn(
  given: { email: string; password: string },
  origin: Origin,
  deps: LoginDeps,
): Promise<LoggedIn> {
  const { sessions, attempts, clock } = deps
  const email = normalizeEmail(given.email)
  const account = await sessions.account(email, origin.network)
  const guard = loginGuard(
    { email, network: origin.network, known: account?.known ?? false },
    { attempts, clock, limits: loginLimits(deps.settings) },
  )
  const right = await deps.passwords.verify(account?.passwordHash, given.password, guard)
  if (!right || !account) throw new InvalidCredentials()
  await guard.succeeded()

  const session = startSession(
    { ...origin, id: deps.newId(), userId: account.id, clientId: platformClient },
    deps.sessionLimits,
    clock.now(),
  )
  const refreshToken = newOpaqueToken()
  return deps.transaction(async (tx) => {
    const user = await tx.users.find(account.id)
    if (!user) throw new UserNotFound()
    await tx.sessions.start(session, digest(refreshToken))
    return { user, session, refreshToken }
  })
}
