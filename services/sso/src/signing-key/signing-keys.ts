import type { Clock } from '@slipway/service-kit'
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import {
  isPublished,
  openSigningKey,
  publishedKey,
  type KeySecrets,
  type PublishedKey,
  type Signer,
} from './signing-key.ts'
import type { SigningKeyStore } from './signing-key.store.ts'

export interface SigningKeys {
  /** Reads them anew. @throws InvalidSettings when they were sealed with another secret */
  load(): Promise<void>
  signer(): Promise<Signer>
  /** The public halves, as published. */
  jwks(): Promise<{ keys: PublishedKey[] }>
  /** Finds the key of a token of our own. */
  verification: JWTVerifyGetKey
}

interface Loaded {
  signer: Signer
  jwks: { keys: PublishedKey[] }
  find: JWTVerifyGetKey
  at: number
}

interface Options {
  store: Pick<SigningKeyStore, 'all'>
  secrets: KeySecrets
  clock: Clock
}

const freshMs = 60_000
const coolDownMs = 5_000

/**
 * The keys in the database, kept for a minute. Another replica may have made a new one meanwhile, so an unknown `kid`
 * loads them again, though not more than once in five seconds.
 */
export function createSigningKeys({ store, secrets, clock }: Options): SigningKeys {
  let loading: Promise<Loaded> | undefined
  let loaded: Loaded | undefined

  const load = () => (loading ??= read().finally(() => (loading = undefined)))

  async function read(): Promise<Loaded> {
    const now = clock.now()
    const keys = (await store.all()).filter((key) => isPublished(key, now))
    const current = keys.find(({ state }) => state === 'current')
    if (!current) throw new Error('There is no current signing key')
    const jwks = { keys: keys.map(publishedKey) }
    const signer = await openSigningKey(current, secrets)
    return (loaded = { signer, jwks, find: createLocalJWKSet(jwks), at: now.getTime() })
  }

  async function keysYoungerThan(ms: number): Promise<Loaded> {
    const age = loaded && clock.now().getTime() - loaded.at
    if (loaded && age! < ms && age! >= 0) return loaded
    return load().catch((error: unknown) => {
      if (loaded) return loaded // the database is away: what was known goes on
      throw error
    })
  }

  return {
    async load() {
      await load()
    },
    signer: async () => (await keysYoungerThan(freshMs)).signer,
    jwks: async () => (await keysYoungerThan(freshMs)).jwks,
    async verification(header, token) {
      const keys = await keysYoungerThan(freshMs)
      try {
        return await keys.find(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
        return (await keysYoungerThan(coolDownMs)).find(header, token)
      }
    },
  }
}
