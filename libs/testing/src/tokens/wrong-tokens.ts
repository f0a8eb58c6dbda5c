import { createHmac } from 'node:crypto'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { uuidv7 } from 'uuidv7'
import { issuer, kid, testKeys } from './keys.ts'
import { tokenOf, type TestCaller } from './tokens.ts'

type MakeToken = (caller: TestCaller) => Promise<string>

const usual = { alg: 'EdDSA', kid, typ: 'at+jwt' }
const now = () => Math.floor(Date.now() / 1_000)
const payloadOf = ({ claims }: TestCaller): JWTPayload => ({
  iss: issuer,
  iat: now(),
  exp: now() + 900,
  jti: uuidv7(),
  ...claims,
})
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const without = (name: string, { [name]: _, ...rest }: Record<string, unknown>) => rest

async function sign(payload: JWTPayload, header: object = {}, key?: CryptoKey): Promise<string> {
  const { privateKey } = await testKeys()
  return new SignJWT(payload).setProtectedHeader({ ...usual, ...header }).sign(key ?? privateKey)
}

const claiming =
  (changes: (payload: JWTPayload) => JWTPayload): MakeToken =>
  (caller) =>
    sign(changes(payloadOf(caller)))
const lacking = (claim: string) => claiming((payload) => without(claim, payload))

let stranger: ReturnType<typeof generateKeyPair> | undefined
const strangersKeys = () => (stranger ??= generateKeyPair('EdDSA'))

/** A token whose time is over; everything else about it is right. */
export const expiredToken: MakeToken = claiming((payload) => ({ ...payload, iat: now() - 1_500, exp: now() - 600 }))

/**
 * Ways in which a token can be wrong though it looks right, each with how to make it. They follow RFC 8725 (best
 * practices for JWTs) and RFC 9068 (access tokens); what is not named is as in `tokenOf`.
 */
export const wrongTokens: Readonly<Record<string, MakeToken>> = {
  'not valid yet': claiming((payload) => ({ ...payload, nbf: now() + 3_600 })),
  'signed by another key': async (caller) => sign(payloadOf(caller), {}, (await strangersKeys()).privateKey),
  'signed by a key that it brings along': async (caller) => {
    const { privateKey, publicKey } = await strangersKeys()
    return sign(payloadOf(caller), { jwk: await exportJWK(publicKey) }, privateKey)
  },
  'changed after it was signed': async (caller) => {
    const [header, , signature] = (await tokenOf(caller)).split('.')
    return [header, encode({ ...payloadOf(caller), scope: 'everything' }), signature].join('.')
  },
  'without its signature': async (caller) => (await tokenOf(caller)).replace(/[^.]+$/, ''),
  'with alg none': async (caller) => `${encode({ ...usual, alg: 'none' })}.${encode(payloadOf(caller))}.`,
  'with alg none and a signature': async (caller) => {
    const [, payload, signature] = (await tokenOf(caller)).split('.')
    return [encode({ ...usual, alg: 'none' }), payload, signature].join('.')
  },
  'HS256 with the bytes of the public key': async (caller) => {
    const { x } = await exportJWK((await testKeys()).publicKey)
    return hmac(caller, Buffer.from(x!, 'base64url'))
  },
  'HS256 with the PEM of the public key': async (caller) =>
    hmac(caller, await exportSPKI((await testKeys()).publicKey)),
  'of an unknown kid': (caller) => sign(payloadOf(caller), { kid: 'unknown-key' }),
  'with a critical header that nobody knows': async (caller) => {
    const { privateKey } = await testKeys()
    const header = { ...usual, crit: ['slipway-test'], 'slipway-test': true }
    return new SignJWT(payloadOf(caller))
      .setProtectedHeader(header)
      .sign(privateKey, { crit: { 'slipway-test': true } })
  },
  'of another issuer': claiming((payload) => ({ ...payload, iss: 'http://other-sso.test/sso' })),
  'without an issuer': lacking('iss'),
  'for another audience': claiming((payload) => ({ ...payload, aud: 'some-other-service' })),
  'without an audience': lacking('aud'),
  'of typ JWT, such as an ID token': (caller) => sign(payloadOf(caller), { typ: 'JWT' }),
  'without typ': (caller) => sign(payloadOf(caller), { typ: undefined }),
  'that never expires': lacking('exp'),
  'without a subject': lacking('sub'),
  'without a client': lacking('client_id'),
  'without an id': lacking('jti'),
  'of no kind': lacking('token_use'),
  'of an unknown kind': claiming((payload) => ({ ...payload, token_use: 'admin' })),
}

/** Wrong ways of a delegated token: it is narrowed to one service (RFC 8693) and says who acts. */
export const wrongDelegatedTokens: Readonly<Record<string, MakeToken>> = {
  'delegated for the whole platform': claiming((payload) => ({ ...payload, aud: 'slipway' })),
  'delegated for this service among others': claiming((payload) => ({
    ...payload,
    aud: [String(payload.aud), 'other'],
  })),
  'delegated without an actor': lacking('act'),
}

function hmac(caller: TestCaller, key: string | Buffer): string {
  const signed = `${encode({ ...usual, alg: 'HS256' })}.${encode(payloadOf(caller))}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}
