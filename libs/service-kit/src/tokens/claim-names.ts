import type { JWTPayload } from 'jose'

/** What a provider calls the claims that say who somebody is. A dot leads into an object: `realm_access.roles`. */
export interface ClaimNames {
  client: string
  /** A text with spaces between, or a list. */
  permissions: string
  roles: string
  session: string
  /** `user`, `service` or `delegated`. Empty: a token with `act` is delegated, one whose client is its subject a service's. */
  use: string
}

/** Those of SSO. */
export const ourClaims: ClaimNames = {
  client: 'client_id',
  permissions: 'scope',
  roles: 'roles',
  session: 'sid',
  use: 'token_use',
}

const pair = '((client|permissions|roles|session)=[^\\s=]+|use=[^\\s=]*)'

/** Of the setting that `claimNames` reads. */
export const claimsPattern = `^(${pair}( ${pair})*)?$`

/** Reads a setting such as `client=azp roles=realm_access.roles use=`; what it does not name is as in SSO. */
export function claimNames(setting: string): ClaimNames {
  const given = setting.split(' ').filter((text) => text.includes('='))
  return { ...ourClaims, ...Object.fromEntries(given.map((text) => text.split('=', 2))) }
}

/** A claim by its name, or by its path where no claim has that name. */
export function read(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name]
  return name.split('.').reduce<unknown>((value, part) => {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, part)
    return inside ? (value as Record<string, unknown>)[part] : undefined
  }, payload)
}
