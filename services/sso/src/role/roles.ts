import { acquiringPermissions } from '@slipway/contracts/acquiring'
import { cartPermissions } from '@slipway/contracts/cart'
import { notificationsPermissions } from '@slipway/contracts/notifications'
import type { Permissions } from '@slipway/contracts/primitives'
import { ssoPermissions } from '@slipway/contracts/sso'
import { AppError } from '@slipway/errors'

/** Everybody has `user`; what the others may do is said by each service in `libs/contracts/<owner>/permissions.ts`. */
export const roles = {
  user: 'Uses the platform for themselves',
  support: 'Sees what users see, to help them',
  admin: 'May do everything',
} as const
export type Role = keyof typeof roles

export const everybody: Role = 'user'

export class UnknownRole extends AppError {
  readonly code = 'UNKNOWN_ROLE'
  readonly status = 400
  constructor(unknown: string) {
    super(`There is no role ${unknown}; there are ${Object.keys(roles).join(', ')}`)
  }
}

const declared: readonly Permissions[] = [
  ssoPermissions,
  cartPermissions,
  acquiringPermissions,
  notificationsPermissions,
]

export const isRole = (name: string): name is Role => Object.hasOwn(roles, name)

/** What was asked for, each once, and `user`, which nobody is without. @throws UnknownRole */
export function rolesFrom(names: readonly string[]): Role[] {
  const wanted = names.map((name) => {
    if (!isRole(name)) throw new UnknownRole(name)
    return name
  })
  return [...new Set([everybody, ...wanted])]
}

/** Names of the permissions that these roles bring together, sorted. */
export function permissionsOf(names: readonly string[]): string[] {
  const found = declared.flatMap((permissions) =>
    Object.entries(permissions)
      .filter(([, permission]) => permission.roles.some((role) => names.includes(role)))
      .map(([name]) => name),
  )
  return [...new Set(found)].sort()
}

/** Every permission there is, with the roles that bring it. */
export const allPermissions = (): [name: string, roles: readonly string[]][] =>
  declared.flatMap((permissions) =>
    Object.entries(permissions).map(([name, permission]): [string, readonly string[]] => [name, permission.roles]),
  )
