import type { Clock } from '@slipway/service-kit'
import { SignJWT } from 'jose'
import type { SigningKeys } from '../signing-key/signing-keys.ts'
import type { Claims } from './claims.ts'

export interface TokenIssuer {
  /** A signed access token (RFC 9068). */
  issue(claims: Claims, ttlSeconds: number): Promise<string>
}

interface Options {
  issuer: string
  signingKeys: Pick<SigningKeys, 'signer'>
  clock: Clock
  newId: () => string
}

export const createTokenIssuer = ({ issuer, signingKeys, clock, newId }: Options): TokenIssuer => ({
  async issue(claims, ttlSeconds) {
    const { kid, algorithm, key } = await signingKeys.signer()
    const iat = Math.floor(clock.now().getTime() / 1_000)
    return new SignJWT({ iss: issuer, ...claims, iat, exp: iat + ttlSeconds, jti: newId() })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'at+jwt' })
      .sign(key)
  },
})
