import { errors, jwtVerify, type JWTPayload } from 'jose'
import type { Deps } from '../deps.ts'
import { signingAlgorithms } from '../signing-key/signing-key.ts'

/** Claims of an access token that was issued here and has not expired; undefined for anything else. */
export async function readOwnToken(
  token: string,
  { signingKeys, clock, settings }: Pick<Deps, 'signingKeys' | 'clock' | 'settings'>,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, signingKeys.verification, {
      issuer: settings.TOKEN_ISSUER,
      typ: 'at+jwt',
      algorithms: [...signingAlgorithms],
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      currentDate: clock.now(),
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error // the database is away: nobody knows
  }
}
