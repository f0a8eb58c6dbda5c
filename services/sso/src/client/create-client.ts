import type { Deps } from '../deps.ts'
import { digest, newOpaqueToken } from '../secret/opaque-token.ts'
import { ClientTaken, type Client } from './clients.ts'

/** A new client; answers its secret, which is kept nowhere. @throws ClientTaken */
export async function createClient(client: Client, deps: Pick<Deps, 'transaction' | 'clock'>): Promise<string> {
  const secret = newOpaqueToken()
  const now = deps.clock.now()
  await deps.transaction(async (tx) => {
    if (!(await tx.clients.add(client, now))) throw new ClientTaken(client.id)
    await tx.clients.addSecret({ clientId: client.id, hash: digest(secret) }, 1, now)
    const { audiences, permissions } = client
    await tx.audit.record({
      action: 'client.created',
      actor: null,
      subject: client.id,
      details: { audiences, permissions },
    })
  })
  return secret
}
