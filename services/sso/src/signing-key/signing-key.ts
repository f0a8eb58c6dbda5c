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

export type KeyState = 'next' | 'current' | 'retired'

/** A key pair at rest: the private half is sealed. */
export interface SigningKey {
  /** RFC 7638 thumbprint of the public key. */
  kid: string
  algorithm: string
  publicKey: JWK
  privateKey: Uint8Array
  state: KeyState
  createdAt: Date
}

/** What tokens are signed with. */
export interface Signer {
  kid: string
  algorithm: string
  key: CryptoKey
}

const algorithm = 'EdDSA'
const purpose = (kid: string) => `signing key ${kid}`

export async function createSigningKey(secret: string, state: KeyState, now: Date): Promise<SigningKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true })
  const publicKey = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicKey)
  const privateKey = seal({ secret, purpose: purpose(kid) }, Buffer.from(await exportPKCS8(pair.privateKey)))
  return { kid, algorithm, publicKey, privateKey, state, createdAt: now }
}

/** @throws InvalidSettings when the key was sealed with another secret */
export async function openSigningKey({ kid, algorithm, privateKey }: SigningKey, secret: string): Promise<Signer> {
  return { kid, algorithm, key: await importPKCS8(unseal(kid, privateKey, secret), algorithm) }
}

function unseal(kid: string, privateKey: Uint8Array, secret: string): string {
  try {
    return open({ secret, purpose: purpose(kid) }, privateKey).toString()
  } catch {
    const reason = 'is not the one that the signing keys in the database were sealed with'
    throw new InvalidSettings([{ variable: 'SIGNING_KEY_SECRET', reason }])
  }
}

/** RFC 7517, as verifiers look for it. */
export interface PublishedKey extends JWK {
  kty: string
  kid: string
  alg: string
  use: 'sig'
}

export const publishedKey = ({ kid, algorithm, publicKey }: SigningKey): PublishedKey => ({
  ...publicKey,
  kty: publicKey.kty!,
  kid,
  alg: algorithm,
  use: 'sig',
})
