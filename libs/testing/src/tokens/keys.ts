import { createLocalJWKSet, exportJWK, generateKeyPair, type CryptoKey, type JWTVerifyGetKey } from 'jose'

export const issuer = 'http://sso.test/sso'
export const kid = 'test-key'

let made: Promise<{ privateKey: CryptoKey; keys: JWTVerifyGetKey }> | undefined

/** The key pair that signs and verifies this process's test tokens. */
export function testKeys() {
  return (made ??= (async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA')
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }
    return { privateKey, keys: createLocalJWKSet({ keys: [jwk] }) }
  })())
}
