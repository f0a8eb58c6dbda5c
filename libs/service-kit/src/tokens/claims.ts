import type { JWTPayload } from 'jose'
import type { Caller } from '../access/caller.ts'
import { InvalidToken } from '../access/errors.ts'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])

/** Reads a verified payload. `audience` is the name of this service. @throws InvalidToken */
export function callerFrom(payload: JWTPayload, audience: string, token: string): Caller {
  const id = text(payload.sub)
  const clientId = text(payload['client_id'])
  const kind = payload['token_use']
  if (!id || !clientId) throw new InvalidToken()
  const caller = {
    id,
    clientId,
    roles: texts(payload['roles']),
    permissions: new Set(text(payload['scope'])?.split(' ') ?? []),
    sessionId: text(payload['sid']),
    token,
  }
  if (kind === 'user' || kind === 'service') return { ...caller, kind }
  const actor = text((payload['act'] as { sub?: unknown } | undefined)?.sub)
  // a delegated token is narrowed to one service; one for the whole platform would be a way around that
  if (kind === 'delegated' && actor && payload.aud === audience) return { ...caller, kind, actor }
  throw new InvalidToken()
}
