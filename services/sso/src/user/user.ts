import { UserDeleted, UserRegistered, type User as UserBody } from '@slipway/contracts/sso'
import { AppError } from '@slipway/errors'
import { everybody, type Role } from '../role/roles.ts'

export interface User {
  id: string
  /** Normalised; unique. */
  email: string
  name: string | null
  passwordHash: string
  roles: readonly string[]
  emailVerifiedAt: Date | null
  passwordChangedAt: Date | null
  version: number
  /** Their newest picture that is ready. */
  avatarFileId?: string | null
  createdAt: Date
}

export class EmailTaken extends AppError {
  readonly code = 'EMAIL_TAKEN'
  readonly status = 409
  constructor() {
    super('There is a user with this e-mail address already')
  }
}

export class UserNotFound extends AppError {
  readonly code = 'USER_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such user')
  }
}

export class LastAdmin extends AppError {
  readonly code = 'LAST_ADMIN'
  readonly status = 409
  constructor() {
    super('This is the last admin: make another one first')
  }
}

/** Whether nobody would be left to make another admin; `admins` are the ids of all. */
export const isLastAdmin = (admins: readonly string[], userId: string) => admins.length === 1 && admins[0] === userId

/** One spelling of an address, so that nobody registers twice with it. */
export const normalizeEmail = (email: string) => email.trim().toLowerCase()

export interface Registration {
  id: string
  email: string
  name?: string | null
  passwordHash: string
  roles?: readonly Role[]
  now: Date
}

export const registerUser = ({ id, email, name, passwordHash, roles = [], now }: Registration): User => ({
  id,
  email: normalizeEmail(email),
  name: name ?? null,
  passwordHash,
  roles: [...new Set<string>([everybody, ...roles])],
  emailVerifiedAt: null,
  passwordChangedAt: null,
  version: 1,
  createdAt: now,
})

export const userRegistered = ({ id, email, name, version }: User) =>
  UserRegistered.create({ subject: id, version, data: { userId: id, email, name } })

export const userDeleted = ({ id, version }: User) =>
  UserDeleted.create({ subject: id, version: version + 1, data: { userId: id } })

/** A user as the outside sees them. */
export const viewOf = ({ id, email, name, emailVerifiedAt, roles, avatarFileId, createdAt }: User): UserBody => ({
  id,
  email,
  name,
  emailVerified: emailVerifiedAt !== null,
  roles: [...roles],
  ...(avatarFileId && { avatarFileId }),
  createdAt: createdAt.toISOString(),
})
