import type { Logger } from '@slipway/observability'
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { KeysUnavailable } from '../access/errors.ts'

const refreshAfterMs = 10 * 60_000
const coolDownMs = 30_000
const timeoutMs = 5_000

/**
 * Keys published at `url` (RFC 7517), fetched when first needed, again after ten minutes, and at once for an unknown
 * `kid` (at most every 30 seconds). While the publisher is down the keys known so far stay in use. Nobody waits for the
 * fetch after ten minutes, but after twenty: a key may have been retired since.
 */
export function remoteKeys(url: URL, logger: Logger): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
    cacheMaxAge: Infinity,
    cooldownDuration: coolDownMs,
    timeoutDuration: timeoutMs,
  })
  let loadedAt = 0

  const refresh = () => {
    loadedAt = Date.now()
    return keys.reload().catch((error: unknown) => logger.warn({ err: error }, 'signing keys could not be refreshed'))
  }

  return async (header, token) => {
    const age = Date.now() - loadedAt
    if (keys.jwks() && age > refreshAfterMs) {
      const refreshed = refresh()
      if (age > 2 * refreshAfterMs) await refreshed
    }
    try {
      const known = keys.jwks() !== undefined
      const key = await keys(header, token)
      if (!known) loadedAt = Date.now()
      return key
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error
      if (error instanceof errors.JOSENotSupported || error instanceof errors.JWKInvalid) throw error
      throw keys.jwks() ? new errors.JWKSNoMatchingKey() : new KeysUnavailable(error)
    }
  }
}
