import type { Access, CallerKind, RouteInfo } from '@slipway/service-kit'
import { uuidv7 } from 'uuidv7'
import { delegated, service, user, type TestCaller } from '../../tokens/tokens.ts'

export const kinds: readonly CallerKind[] = ['user', 'service', 'delegated']

export type Way = Extract<Access, { kind: 'callers' }>['allowed'][number]

/** Ways into a route; none where it needs no token. */
export const waysInto = ({ access }: RouteInfo): readonly Way[] => (access?.kind === 'callers' ? access.allowed : [])

/** Kinds of token that get in without a permission. */
export const waysWithoutPermission = (route: RouteInfo): CallerKind[] =>
  waysInto(route)
    .filter(({ permissions }) => permissions.length === 0)
    .map(({ caller }) => caller)

/** A caller of this kind, whose token is good for the service called `audience`. */
export function callerOf(
  kind: CallerKind,
  audience: string,
  permissions: readonly string[],
  id = uuidv7(),
): TestCaller {
  if (kind === 'user') return user({ id, permissions })
  if (kind === 'service') return service('acquiring', { permissions })
  return delegated({ id, permissions, actor: 'acquiring', audience })
}

/** Every permission that some route asks for. */
export const permissionsOf = (routes: readonly RouteInfo[]): readonly string[] => [
  ...new Set(routes.flatMap((route) => waysInto(route).flatMap(({ permissions }) => permissions))),
]
