import { loginGuard, loginLimits } from '../attempt/login-guard.ts'
import { byUser } from '../audit/audit.ts'
import { platformClient } from '../client/clients.ts'
import type { Deps } from '../deps.ts'
import { TooBusy } from '../password/gate.ts'
import { digest, newOpaqueToken } from '../secret/opaque-token.ts'
import { normalizeEmail, type User } from '../user/user.ts'
import { InvalidCredentials, startSession, type Origin, type Session } from './session.ts'

/** A person in a session, with the refresh token that keeps it going. */
export interface LoggedIn {
  user: User
  session: Session
  refreshToken: string
}

type LoginDeps = Pick<
  Deps,
  | 'sessions'
  | 'users'
  | 'passwords'
  | 'attempts'
  | 'audit'
  | 'transaction'
  | 'clock'
  | 'newId'
  | 'settings'
  | 'sessionLimits'
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
  if (!right || !account) {
    await deps.audit.record({ action: 'session.refused', actor: null, subject: account?.id ?? null, origin })
    throw new InvalidCredentials()
  }
  await guard.succeeded()

  const session = startSession(
    { ...origin, id: deps.newId(), userId: account.id, clientId: platformClient },
    deps.sessionLimits,
    clock.now(),
  )
  const refreshToken = newOpaqueToken()
  const loggedIn = await deps.transaction(async (tx) => {
    // a password that was changed since it was checked must not leave a session behind
    const user = (await tx.sessions.holdPassword(account)) && (await tx.users.find(account.id))
    if (!user) throw new InvalidCredentials()
    await tx.sessions.start(session, digest(refreshToken))
    await tx.audit.record(byUser('session.started', user.id, origin, { sessionId: session.id }))
    return { user, session, refreshToken }
  })
  await rehash(account, given.password, deps)
  return loggedIn
}

/** The parameters of hashing may have changed since; who is logged in already does not wait for it in a crowd. */
async function rehash(
  { id, passwordHash }: { id: string; passwordHash: string },
  password: string,
  { passwords, users }: Pick<Deps, 'passwords' | 'users'>,
) {
  if (!passwords.isOutdated(passwordHash)) return
  try {
    await users.rehash(id, passwordHash, await passwords.hash(password))
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error // the next log-in does it
  }
}
