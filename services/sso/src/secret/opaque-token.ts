import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, base64url: says nothing, and cannot be guessed, so that a plain hash is enough at rest. */
export const newOpaqueToken = () => randomBytes(32).toString('base64url')

/** SHA-256. Only for secrets of high entropy; passwords need more. */
export const digest = (secret: string) => createHash('sha256').update(secret).digest()
