import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What a box is sealed with: a secret of high entropy, and what the box is for. */
export interface SealKey {
  secret: string
  purpose: string
}

const algorithm = 'aes-256-gcm'
const saltLength = 16
const ivLength = 12
const tagLength = 16

const derive = ({ secret, purpose }: SealKey, salt: Uint8Array) =>
  Buffer.from(hkdfSync('sha256', secret, salt, `slipway sso ${purpose}`, 32))

/** AES-256-GCM under a key of its own (HKDF-SHA256, RFC 5869): salt, iv, tag, then the ciphertext. */
export function seal(key: SealKey, plain: Uint8Array): Buffer {
  const salt = randomBytes(saltLength)
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv(algorithm, derive(key, salt), iv)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([salt, iv, cipher.getAuthTag(), text])
}

/** @throws when the box was sealed with another secret, for another purpose, or was changed */
export function open(key: SealKey, box: Uint8Array): Buffer {
  const part = (start: number, length?: number) => box.subarray(start, length && start + length)
  const cipher = createDecipheriv(algorithm, derive(key, part(0, saltLength)), part(saltLength, ivLength), {
    authTagLength: tagLength,
  })
  cipher.setAuthTag(part(saltLength + ivLength, tagLength))
  return Buffer.concat([cipher.update(part(saltLength + ivLength + tagLength)), cipher.final()])
}
