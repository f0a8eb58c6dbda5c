import { timingSafeEqual } from 'node:crypto'
import { digest } from '../secret/opaque-token.ts'
import { InvalidClient } from '../token/oauth-errors.ts'
import type { ClientStore } from './client.store.ts'
import { findClient, type Client } from './clients.ts'
import type { Credentials } from './credentials.ts'

/** The client whom the secret proves. @throws InvalidClient, also without credentials */
export async function authenticateClient(
  credentials: Credentials | undefined,
  { clients }: { clients: ClientStore },
): Promise<Client> {
  const client = credentials && findClient(credentials.id)
  if (!client) throw new InvalidClient()
  const given = digest(credentials.secret)
  const hashes = await clients.hashesOf(client.id)
  if (!hashes.some((hash) => timingSafeEqual(hash, given))) throw new InvalidClient()
  return client
}
