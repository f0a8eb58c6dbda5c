import type { Deps } from '../deps.ts'
import { digest } from '../secret/opaque-token.ts'
import { readClientSecrets } from './client-secrets.ts'
import { declaredClients } from './clients.ts'

/** The platform’s own clients with what they may do, and the secrets of SERVICE_CLIENTS, hashed: one taken out is revoked. */
export async function settleClients({ clients, clock, settings }: Pick<Deps, 'clients' | 'clock' | 'settings'>) {
  const secrets = readClientSecrets(settings.SERVICE_CLIENTS)
  const hashed = secrets.map(({ clientId, secret }) => ({ clientId, hash: digest(secret) }))
  await clients.settle(declaredClients, hashed, clock.now())
}
