import { createHash } from 'node:crypto'
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Caller } from '../access/caller.ts'
import { InvalidToken, KeysUnavailable, TokenExpired } from '../access/errors.ts'
import { ourClaims, type ClaimNames } from './claim-names.ts'
import { callerFrom } from './claims.ts'
import { unambiguous } from './unambiguous.ts'

/** @throws InvalidToken, TokenExpired, KeysUnavailable */
export type VerifyToken = (token: string) => Promise<Caller>

export interface VerifierOptions {
  keys: JWTVerifyGetKey
  issuer: string
  /** Name of this service: a token for it or for the whole platform is accepted. */
  audience: string
  clockToleranceSeconds: number
  /** What the claims are called; as SSO calls them unless given. */
  claims?: ClaimNames
  /** Milliseconds since the epoch. */
  now?: () => number
}

export const platformAudience = 'slipway'
const algorithms = ['EdDSA', 'ES256', 'RS256']
const longestToken = 8_192
const cacheSize = 10_000

/**
 * Verifies access tokens (RFC 9068: `typ` is at+jwt). Results are kept by the token’s hash until the token expires.
 */
export function createVerifier({
  keys,
  issuer,
  audience,
  clockToleranceSeconds,
  claims = ourClaims,
  now = Date.now,
}: VerifierOptions): VerifyToken {
  const verified = new LRUCache<string, { caller: Caller; expiresAt: number }>({ max: cacheSize })

  return async (token) => {
    if (token.length > longestToken) throw new InvalidToken('The access token is too long')
    const hash = createHash('sha256').update(token).digest('base64url')
    const known = verified.get(hash)
    if (known) {
      if (known.expiresAt > now()) return known.caller
      verified.delete(hash)
      throw new TokenExpired()
    }
    const payload = await check(token)
    const caller = callerFrom(payload, audience, token, claims)
    verified.set(hash, { caller, expiresAt: (payload.exp! + clockToleranceSeconds) * 1_000 })
    return caller
  }

  async function check(token: string) {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: [platformAudience, audience],
        algorithms,
        typ: 'at+jwt',
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
        currentDate: new Date(now()),
      })
      const parts = token.split('.', 2).map((part) => Buffer.from(part, 'base64url').toString())
      if (!parts.every(unambiguous)) throw new InvalidToken('The access token says something twice')
      return payload
    } catch (error) {
      if (error instanceof KeysUnavailable || error instanceof InvalidToken) throw error
      if (error instanceof errors.JWTExpired) throw new TokenExpired()
      throw new InvalidToken(undefined, error)
    }
  }
}
