import type { AuditOrigin } from '../audit/audit.ts'
import type { Tx } from '../deps.ts'
import { rolesFrom } from '../role/roles.ts'
import { isLastAdmin, LastAdmin, UserNotFound, type User } from './user.ts'

interface Change {
  userId: string
  /** Names; `user` is added. */
  roles: readonly string[]
  /** Id of the user who does it; null for a command. */
  actor: string | null
  origin?: AuditOrigin
}

/** @throws UnknownRole, UserNotFound, LastAdmin when nobody would be left to make another one */
export async function setRoles(tx: Tx, { userId, roles: wanted, actor, origin }: Change): Promise<User> {
  const roles = rolesFrom(wanted)
  const admins = await tx.sessions.lockAdmins()
  if (!roles.includes('admin') && isLastAdmin(admins, userId)) throw new LastAdmin()
  const before = await tx.users.find(userId)
  const changed = await tx.users.setRoles(userId, roles)
  if (!before || !changed) throw new UserNotFound()
  const details = { from: before.roles, to: roles }
  await tx.audit.record({ action: 'user.roles-changed', actor, subject: userId, ...(origin && { origin }), details })
  return changed
}
