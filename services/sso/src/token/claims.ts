import { platformAudience } from '@slipway/service-kit'
import type { Client } from '../client/clients.ts'
import { permissionsOf } from '../role/roles.ts'

interface Common {
  sub: string
  aud: string
  client_id: string
  /** Permissions, space separated (RFC 6749 section 3.3). */
  scope: string
}

/** A person’s own token. */
export interface UserClaims extends Common {
  token_use: 'user'
  sid: string
  roles: readonly string[]
}

/** A service’s own token. */
export interface ServiceClaims extends Common {
  token_use: 'service'
}

/** A service’s token on behalf of a person, for one other service (RFC 8693). */
export interface DelegatedClaims extends Common {
  token_use: 'delegated'
  sid: string
  roles: readonly string[]
  act: { sub: string }
}

export type Claims = UserClaims | ServiceClaims | DelegatedClaims

export const userClaims = (
  user: { id: string; roles: readonly string[] },
  session: { id: string; clientId: string },
): UserClaims => ({
  sub: user.id,
  aud: platformAudience,
  client_id: session.clientId,
  scope: permissionsOf(user.roles).join(' '),
  token_use: 'user',
  sid: session.id,
  roles: user.roles,
})

export const serviceClaims = ({ id, permissions }: Client, scope = permissions.join(' ')): ServiceClaims => ({
  sub: id,
  aud: platformAudience,
  client_id: id,
  scope,
  token_use: 'service',
})

/** What the person may do, for one audience, with the acting service named. */
export const delegatedClaims = (
  { sub, sid, roles, scope }: Pick<UserClaims, 'sub' | 'sid' | 'roles' | 'scope'>,
  client: Client,
  audience: string,
): DelegatedClaims => ({
  sub,
  aud: audience,
  client_id: client.id,
  scope,
  token_use: 'delegated',
  sid,
  roles,
  act: { sub: client.id },
})
