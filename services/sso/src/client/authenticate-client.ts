import { timingSafeEqual } from 'node:crypto'
import { clientKey } from '../attempt/attempt.ts'
import type { Deps } from '../deps.ts'
import { digest } from '../secret/opaque-token.ts'
import type { Origin } from '../session/session.ts'
import { InvalidClient } from '../token/oauth-errors.ts'
import type { Client } from './clients.ts'
import type { Credentials } from './credentials.ts'

const windowMs = 60_000
/** Wrong secrets of one client, from one network, that are on record within a minute: anybody can send any number. */
const mostAudited = 10

export type ClientDeps = Pick<Deps, 'clients' | 'attempts' | 'audit' | 'clock'>

/** The client whom the secret proves. @throws InvalidClient, also without credentials */
export async function authenticateClient(
  credentials: Credentials | undefined,
  origin: Origin,
  deps: ClientDeps,
): Promise<Client> {
  const given = digest(credentials?.secret ?? '')
  const client = credentials && storable(credentials.id) ? await deps.clients.find(credentials.id) : undefined
  if (!client) throw new InvalidClient()
  if (!client.hashes.some((hash) => timingSafeEqual(hash, given))) {
    await auditRefusal(client.id, origin, deps)
    throw new InvalidClient()
  }
  return client
}

/** Past the most they are in the log only. None is locked out: services may share a network with whoever guesses. */
async function auditRefusal(clientId: string, origin: Origin, { attempts, audit, clock }: ClientDeps) {
  const now = clock.now()
  const windowStart = new Date(now.getTime() - windowMs)
  const { count } = await attempts.addInWindow(clientKey(clientId, origin.network), now, windowStart)
  if (count > mostAudited) return
  await audit.record({ action: 'client.refused', actor: null, subject: clientId, origin })
}

/** PostgreSQL knows no text with a null character. */
const storable = (id: string) => !id.includes('\0')
