import type { Deps } from '../deps.ts'
import { digest } from '../secret/opaque-token.ts'
import { readClientSecrets } from './client-secrets.ts'

/** The secrets of SERVICE_CLIENTS, hashed, become the ones that count: a secret that is taken out is revoked. */
export async function storeClientSecrets({ clients, clock, settings }: Pick<Deps, 'clients' | 'clock' | 'settings'>) {
  const secrets = readClientSecrets(settings.SERVICE_CLIENTS)
  const hashed = secrets.map(({ clientId, secret }) => ({ clientId, hash: digest(secret) }))
  await clients.replaceAll(hashed, clock.now())
}
