import { Type, type Static } from 'typebox'
import { Id, StrictObject, Time } from '../primitives/index.ts'

export const Email = Type.String({ format: 'email', maxLength: 254 })
const Name = Type.String({ minLength: 1, maxLength: 200 })

export const NewUser = StrictObject({
  email: Email,
  password: Type.String({ minLength: 1, maxLength: 1_000 }),
  name: Type.Optional(Name),
})

export const User = Type.Object({
  id: Id,
  email: Email,
  name: Type.Union([Type.String(), Type.Null()]),
  emailVerified: Type.Boolean(),
  roles: Type.Array(Type.String()),
  createdAt: Time,
})
export type User = Static<typeof User>

export const Login = StrictObject({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 1_000 }),
  cookie: Type.Optional(Type.Boolean({ description: 'Keep the refresh token in an HttpOnly cookie' })),
})

/** `refreshToken` is absent in cookie mode. `expiresIn` is in seconds. */
export const TokenPair = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.Optional(Type.String()),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer(),
})
export type TokenPair = Static<typeof TokenPair>
