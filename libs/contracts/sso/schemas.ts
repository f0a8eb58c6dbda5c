import { Type, type Static } from 'typebox'
import { Id, Page, StrictObject, Time } from '../primitives/index.ts'

/** Text that a database and a terminal can bear: no control characters, no halves of a surrogate pair. */
const printable = '^[^\\p{Cc}\\p{Cs}]+$'

export const Email = Type.String({ format: 'email', maxLength: 254 })
const Name = Type.String({ minLength: 1, maxLength: 200, pattern: printable })
const Password = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'A new one: 8 to 256 characters, not easily guessed',
})

export const NewUser = StrictObject({
  email: Email,
  password: Password,
  name: Type.Optional(Name),
})
export type NewUser = Static<typeof NewUser>

export const User = Type.Object({
  id: Id,
  email: Email,
  name: Type.Union([Type.String(), Type.Null()]),
  emailVerified: Type.Boolean(),
  roles: Type.Array(Type.String()),
  avatarFileId: Type.Optional(Type.String({ format: 'uuid', description: 'Their picture, at Files' })),
  createdAt: Time,
})
export type User = Static<typeof User>

export const ProfileChanges = StrictObject({
  name: Type.Optional(Type.Union([Name, Type.Null()])),
})
export type ProfileChanges = Static<typeof ProfileChanges>

export const Login = StrictObject({
  email: Type.String({ minLength: 1, maxLength: 254, pattern: printable }),
  password: Password,
  cookie: Type.Optional(Type.Boolean({ description: 'Keep the refresh token in an HttpOnly cookie' })),
})
export type Login = Static<typeof Login>

/** Empty, or no body at all, when the token is in the cookie. */
export const Refresh = Type.Union([
  StrictObject({ refreshToken: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }),
  Type.Null(),
])

/** `refreshToken` is absent in cookie mode. `expiresIn` is in seconds. */
export const TokenPair = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.Optional(Type.String()),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer(),
})
export type TokenPair = Static<typeof TokenPair>

export const Session = Type.Object({
  id: Id,
  current: Type.Boolean({ description: 'The one that this request was made in' }),
  device: Type.Union([Type.String(), Type.Null()], { description: 'User-Agent at log-in' }),
  address: Type.String({ description: 'Network address at log-in' }),
  createdAt: Time,
  lastUsedAt: Time,
  expiresAt: Time,
})
export type Session = Static<typeof Session>

export const SessionPage = Page(Session)

export const PasswordChange = StrictObject({ currentPassword: Password, newPassword: Password })
export type PasswordChange = Static<typeof PasswordChange>

/** Asks for a one-time link; the answer says nothing of whether there is such a user. */
export const LinkRequest = StrictObject({ email: Email })
export type LinkRequest = Static<typeof LinkRequest>

const OneTimeToken = Type.String({ minLength: 1, maxLength: 200, description: 'From the link' })

export const EmailConfirmation = StrictObject({ token: OneTimeToken })
export type EmailConfirmation = Static<typeof EmailConfirmation>

export const PasswordReset = StrictObject({ token: OneTimeToken, password: Password })
export type PasswordReset = Static<typeof PasswordReset>

export const UserPage = Page(User)

export const UserChanges = StrictObject({
  email: Type.Optional(Email),
  name: Type.Optional(Type.Union([Name, Type.Null()])),
})
export type UserChanges = Static<typeof UserChanges>

export const UserRoles = StrictObject({
  roles: Type.Array(Type.String({ minLength: 1, maxLength: 50, pattern: printable }), { maxItems: 20 }),
})
export type UserRoles = Static<typeof UserRoles>

export const AuditEvent = Type.Object({
  id: Id,
  at: Time,
  action: Type.String({ description: 'What was done, such as `session.started`' }),
  actor: Type.Union([Type.String(), Type.Null()], { description: 'Id of the user or client who did it, if known' }),
  subject: Type.Union([Type.String(), Type.Null()], { description: 'Id of the user or client it was done to' }),
  address: Type.Union([Type.String(), Type.Null()]),
  device: Type.Union([Type.String(), Type.Null()], { description: 'User-Agent' }),
  details: Type.Object({}, { additionalProperties: true }),
})
export type AuditEvent = Static<typeof AuditEvent>

export const AuditPage = Page(AuditEvent)
