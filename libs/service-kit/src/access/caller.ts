import type { CallerKind } from './access.ts'
import { PermissionMissing } from './errors.ts'

/** Who makes a request, from a verified token. */
export interface Caller {
  readonly kind: CallerKind
  /** The person’s id; for a service its name. */
  readonly id: string
  readonly clientId: string
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  /** The person’s session, where there is one. */
  readonly sessionId?: string
  /** The service that acts on behalf of the person. */
  readonly actor?: string
  /** The token itself, to call a neighbour on the caller’s behalf. Never logged. */
  readonly token: string
}

export const may = ({ permissions }: Caller, permission: string) => permissions.has(permission)

/** @throws PermissionMissing */
export function requirePermission(caller: Caller, permission: string) {
  if (!may(caller, permission)) throw new PermissionMissing([permission])
}
