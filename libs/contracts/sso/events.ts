import { Type } from 'typebox'
import { defineEvent, Id, Time } from '../primitives/index.ts'

export const UserRegistered = defineEvent(
  'sso.user.registered.v1',
  Type.Object({ userId: Id, email: Type.String(), name: Type.Union([Type.String(), Type.Null()]) }),
)

/** What a one-time link needs. The token is a secret: whoever has it acts for the user. It is never logged. */
const OneTimeLink = Type.Object({ userId: Id, email: Type.String(), token: Type.String(), expiresAt: Time })

export const EmailVerificationRequested = defineEvent('sso.user.email-verification-requested.v1', OneTimeLink)

export const PasswordResetRequested = defineEvent('sso.user.password-reset-requested.v1', OneTimeLink)

/** Every service deletes or anonymises what it knows of the user. */
export const UserDeleted = defineEvent('sso.user.deleted.v1', Type.Object({ userId: Id }))

/** A refresh token was used twice: somebody has a copy. The session is over. */
export const SessionTokenReused = defineEvent('sso.session.token-reused.v1', Type.Object({ userId: Id, sessionId: Id }))
