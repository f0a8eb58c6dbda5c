/** Kinds of token: a person’s, a service’s own, and a service’s on behalf of a person. */
export type CallerKind = 'user' | 'service' | 'delegated'

interface Allowed {
  caller: CallerKind
  /** All of these are needed. */
  permissions: readonly string[]
}

/** Who may call a route. Each route says so in `config.access`; one that does not stops the boot. */
export type Access =
  { kind: 'anyone' } | { kind: 'signed'; scheme: string } | { kind: 'callers'; allowed: readonly Allowed[] }

interface Needs {
  permissions?: readonly string[]
}

const allow =
  (caller: CallerKind) =>
  ({ permissions = [] }: Needs = {}): Access => ({ kind: 'callers', allowed: [{ caller, permissions }] })

/** No token needed. */
export const anyone = (): Access => ({ kind: 'anyone' })

/** A logged-in person, with all of the permissions. */
export const user = allow('user')

/** A service calling as itself, with all of the permissions. */
export const service = allow('service')

/** A service calling on behalf of a person: a token exchanged for this very service (RFC 8693). */
export const delegated = allow('delegated')

/** No token of ours: the route checks another proof itself, such as a provider’s signature. `scheme` names it. */
export const signed = (scheme: string): Access => ({ kind: 'signed', scheme })

/** Any one of these is enough. */
export const anyOf = (...accesses: readonly Access[]): Access => ({
  kind: 'callers',
  allowed: accesses.flatMap((access) => {
    if (access.kind !== 'callers') throw new TypeError('anyOf takes user(), service() and delegated()')
    return access.allowed
  }),
})
