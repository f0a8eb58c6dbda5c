import { InvalidSettings } from '@slipway/config'
import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type CryptoKey,
  type JWK,
} from 'jose'
import { open, seal } from '../secret/sealed.ts'

/** What every verifier of the platform accepts. */
export const signingAlgorithms = ['EdDSA', 'ES256', 'RS256'] as const
export type Algorithm = (typeof signingAlgorithms)[number]

/** `next` is published ahead of its time; `retired` as long as tokens of it may be about. */
export type KeyState = 'next' | 'current' | 'retired'

/** A key pair at rest: the private half is sealed, and gone once the key is retired. */
export interface SigningKey {
  /** RFC 7638 thumbprint of the public key. */
  kid: string
  algorithm: string
  publicKey: JWK
  privateKey: Uint8Array
  state: KeyState
  createdAt: Date
  activatedAt: Date | null
  publishedUntil: Date | null
}

/** What tokens are signed with. */
export interface Signer {
  kid: string
  algorithm: string
  key: CryptoKey
}

/** The secret that keys are sealed with, and the one before while it is being changed. */
export interface KeySecrets {
  secret: string
  oldSecret?: string
}

const purpose = (kid: string) => `signing key ${kid}`

export async function createSigningKey(
  { algorithm, secret }: { algorithm: Algorithm; secret: string },
  state: Exclude<KeyState, 'retired'>,
  now: Date,
): Promise<SigningKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true })
  const publicKey = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicKey)
  const privateKey = seal({ secret, purpose: purpose(kid) }, Buffer.from(await exportPKCS8(pair.privateKey)))
  const activatedAt = state === 'current' ? now : null
  return { kid, algorithm, publicKey, privateKey, state, createdAt: now, activatedAt, publishedUntil: null }
}

/** @throws InvalidSettings when the key was sealed with another secret */
export async function openSigningKey({ kid, algorithm, privateKey }: SigningKey, secrets: KeySecrets): Promise<Signer> {
  return { kid, algorithm, key: await importPKCS8(unseal(kid, privateKey, secrets).plain.toString(), algorithm) }
}

/** The private half sealed anew, if it was with the old secret. @throws InvalidSettings as above */
export function reseal({ kid, privateKey }: SigningKey, secrets: KeySecrets): Uint8Array | undefined {
  const { plain, old } = unseal(kid, privateKey, secrets)
  return old ? seal({ secret: secrets.secret, purpose: purpose(kid) }, plain) : undefined
}

function unseal(kid: string, box: Uint8Array, { secret, oldSecret }: KeySecrets) {
  for (const [index, given] of [secret, oldSecret].entries()) {
    if (given === undefined) continue
    try {
      return { plain: open({ secret: given, purpose: purpose(kid) }, box), old: index > 0 }
    } catch {
      // it was the other one
    }
  }
  const reason = 'is not the one that the signing keys in the database were sealed with'
  throw new InvalidSettings([{ variable: 'SIGNING_KEY_SECRET', reason }])
}

/** RFC 7517, as verifiers look for it. */
export interface PublishedKey extends JWK {
  kty: string
  kid: string
  alg: string
  use: 'sig'
}

export const isPublished = ({ publishedUntil }: SigningKey, now: Date) =>
  publishedUntil === null || publishedUntil > now

export const publishedKey = ({ kid, algorithm, publicKey }: SigningKey): PublishedKey => ({
  ...publicKey,
  kty: publicKey.kty!,
  kid,
  alg: algorithm,
  use: 'sig',
})
