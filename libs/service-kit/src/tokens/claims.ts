import type { JWTPayload } from 'jose'
import type { Caller } from '../access/caller.ts'
import { InvalidToken } from '../access/errors.ts'
import { read, type ClaimNames } from './claim-names.ts'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])

/** Reads a verified payload. `audience` is the name of this service. @throws InvalidToken */
export function callerFrom(payload: JWTPayload, audience: string, token: string, names: ClaimNames): Caller {
  const id = text(payload.sub)
  const clientId = text(read(payload, names.client))
  if (!id || !clientId) throw new InvalidToken()
  const permissions = read(payload, names.permissions)
  const caller = {
    id,
    clientId,
    roles: texts(read(payload, names.roles)),
    permissions: new Set(text(permissions)?.split(' ') ?? texts(permissions)),
    sessionId: text(read(payload, names.session)),
    token,
  }
  const actor = text((payload['act'] as { sub?: unknown } | undefined)?.sub)
  const kind = names.use ? read(payload, names.use) : actor ? 'delegated' : id === clientId ? 'service' : 'user'
  if (kind === 'user' || kind === 'service') return { ...caller, kind }
  // a delegated token is narrowed to one service; one for the whole platform would be a way around that
  if (kind === 'delegated' && actor && payload.aud === audience) return { ...caller, kind, actor }
  throw new InvalidToken()
}
