import type { Access } from './access.ts'
import type { Caller } from './caller.ts'
import { Forbidden, PermissionMissing } from './errors.ts'

/** @throws Forbidden for the wrong kind of token, PermissionMissing for the right kind without the right */
export function authorize(access: Extract<Access, { kind: 'callers' }>, caller: Caller) {
  const ways = access.allowed.filter((allowed) => allowed.caller === caller.kind)
  const [first] = ways
  if (!first) throw new Forbidden()
  if (ways.some(({ permissions }) => permissions.every((permission) => caller.permissions.has(permission)))) return
  throw new PermissionMissing(first.permissions)
}
