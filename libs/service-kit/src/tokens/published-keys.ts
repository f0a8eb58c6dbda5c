import type { Observability } from '@slipway/observability'
import { ProviderMetadata } from '@slipway/s2s'
import type { JWTVerifyGetKey } from 'jose'
import { KeysUnavailable } from '../access/errors.ts'
import { remoteKeys } from './remote-keys.ts'

interface Where {
  SSO_URL: string
  SSO_METADATA_URL?: string
  TOKEN_ISSUER: string
}

/** Keys of SSO, or of another identity provider, whose metadata say where they are. */
export function publishedKeys(where: Where, observability: Observability): JWTVerifyGetKey {
  const { logger } = observability
  const { SSO_URL, SSO_METADATA_URL, TOKEN_ISSUER } = where
  if (!SSO_METADATA_URL) return remoteKeys(new URL(`${SSO_URL}/.well-known/jwks.json`), logger)

  const metadata = new ProviderMetadata({ url: SSO_METADATA_URL, observability })
  let keys: JWTVerifyGetKey | undefined
  const find = async () => {
    const { issuer, jwks_uri: url } = await metadata.read()
    // RFC 8414 section 3.3: metadata of somebody else say nothing about the tokens that we accept
    if (issuer !== TOKEN_ISSUER) throw new Error('The issuer in the metadata is not TOKEN_ISSUER')
    return (keys ??= remoteKeys(new URL(url), logger))
  }
  return async (header, token) => {
    const known =
      keys ??
      (await find().catch((error: unknown) => {
        logger.warn({ err: error }, 'the metadata of the identity provider cannot be used')
        throw new KeysUnavailable(error)
      }))
    return known(header, token)
  }
}
