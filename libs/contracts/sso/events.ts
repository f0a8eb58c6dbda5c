import { Type } from 'typebox'
import { defineEvent, Id } from '../primitives/index.ts'

export const UserRegistered = defineEvent(
  'sso.user.registered.v1',
  Type.Object({ userId: Id, email: Type.String(), name: Type.Union([Type.String(), Type.Null()]) }),
)
