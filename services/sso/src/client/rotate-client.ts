import type { Deps } from '../deps.ts'
import { digest, newOpaqueToken } from '../secret/opaque-token.ts'
import { ClientNotFound } from './clients.ts'

interface Rotation {
  /** The secret before goes on until the next rotation; without this it ends at once. */
  overlap: boolean
}

/** Another secret; answers it, and it is kept nowhere. @throws ClientNotFound */
export async function rotateClient(
  id: string,
  { overlap }: Rotation,
  deps: Pick<Deps, 'transaction' | 'clock'>,
): Promise<string> {
  const secret = newOpaqueToken()
  await deps.transaction(async (tx) => {
    const added = await tx.clients.addSecret({ clientId: id, hash: digest(secret) }, overlap ? 2 : 1, deps.clock.now())
    if (!added) throw new ClientNotFound(id)
    await tx.audit.record({ action: 'client.rotated', actor: null, subject: id, details: { overlap } })
  })
  return secret
}
