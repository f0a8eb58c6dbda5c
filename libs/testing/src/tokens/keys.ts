import { createLocalJWKSet, exportJWK, generateKeyPair, type CryptoKey, type JWTVerifyGetKey } from 'jose'

export const issuer = 'http://sso.test/sso'
export const kid = 'test-key'

export interface TestKeys {
  privateKey: CryptoKey
  publicKey: CryptoKey
  /** What verifies tokens of these keys. */
  keys: JWTVerifyGetKey
}

let made: Promise<TestKeys> | undefined

/** The key pair that signs and verifies this process's test tokens. */
export function testKeys(): Promise<TestKeys> {
  return (made ??= (async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA')
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }
    return { privateKey, publicKey, keys: createLocalJWKSet({ keys: [jwk] }) }
  })())
}
