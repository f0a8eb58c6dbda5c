import type { Introspection } from '@slipway/contracts/sso'
import { platformAudience } from '@slipway/service-kit'
import type { Client } from '../client/clients.ts'
import type { Deps } from '../deps.ts'
import { digest } from '../secret/opaque-token.ts'
import { judge } from '../session/refresh-token.ts'
import { isOver } from '../session/session.ts'
import { readOwnToken } from './own-token.ts'

type IntrospectionDeps = Pick<Deps, 'sessions' | 'signingKeys' | 'clock' | 'settings'>
type Claims = Omit<Introspection, 'active' | 'token_type'>

const inactive: Introspection = { active: false }

/**
 * What a token says, if it counts (RFC 7662 section 2.2). Stricter than verifying it: the session must still be there.
 * A delegated token is the business of the two services that it names.
 */
export async function introspection(token: string, client: Client, deps: IntrospectionDeps): Promise<Introspection> {
  return (await ofAccessToken(token, client, deps)) ?? (await ofRefreshToken(token, deps)) ?? inactive
}

async function ofAccessToken(token: string, client: Client, deps: IntrospectionDeps) {
  const claims = (await readOwnToken(token, deps)) as Claims | undefined
  if (!claims) return undefined
  const { aud, client_id, sid } = claims
  if (aud !== platformAudience && aud !== client.id && client_id !== client.id) return undefined
  if (sid !== undefined) {
    const session = await deps.sessions.find(sid)
    if (!session || isOver(session, deps.clock.now())) return undefined
  }
  return { active: true, token_type: 'Bearer' as const, ...claims }
}

async function ofRefreshToken(token: string, { sessions, clock, settings }: IntrospectionDeps) {
  const found = await sessions.token(digest(token))
  const session = found && (await sessions.find(found.sessionId))
  if (!session) return undefined
  const verdict = judge(found, session, settings.REFRESH_GRACE_S * 1_000, clock.now())
  if (verdict !== 'rotate' && verdict !== 'repeat') return undefined
  const { id: sid, userId: sub, clientId: client_id, expiresAt } = session
  const exp = Math.floor(expiresAt.getTime() / 1_000)
  return { active: true, token_use: 'refresh', iss: settings.TOKEN_ISSUER, sub, client_id, sid, exp }
}
