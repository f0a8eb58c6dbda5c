import { timingSafeEqual } from 'node:crypto'
import type { AuditStore } from '../audit/audit.store.ts'
import { digest } from '../secret/opaque-token.ts'
import type { Origin } from '../session/session.ts'
import { InvalidClient } from '../token/oauth-errors.ts'
import type { ClientStore } from './client.store.ts'
import type { Client } from './clients.ts'
import type { Credentials } from './credentials.ts'

/** The client whom the secret proves. @throws InvalidClient, also without credentials */
export async function authenticateClient(
  credentials: Credentials | undefined,
  origin: Origin,
  { clients, audit }: { clients: ClientStore; audit: AuditStore },
): Promise<Client> {
  const given = digest(credentials?.secret ?? '')
  const client = credentials && storable(credentials.id) ? await clients.find(credentials.id) : undefined
  if (!client) throw new InvalidClient()
  if (!client.hashes.some((hash) => timingSafeEqual(hash, given))) {
    await audit.record({ action: 'client.refused', actor: null, subject: client.id, origin })
    throw new InvalidClient()
  }
  return client
}

/** PostgreSQL knows no text with a null character. */
const storable = (id: string) => !id.includes('\0')
