import { createHmac } from 'node:crypto'
import type { Clock } from '@slipway/service-kit'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { testKeys } from './keys.ts'
import { inSeconds, payloadOf, tokenOf, usualHeader, type MakeToken, type TestCaller } from './tokens.ts'

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const without = (name: string, { [name]: _, ...rest }: Record<string, unknown>) => rest

async function sign(payload: JWTPayload, header: object = {}, key?: CryptoKey): Promise<string> {
  const { privateKey } = await testKeys()
  return new SignJWT(payload).setProtectedHeader({ ...usualHeader, ...header }).sign(key ?? privateKey)
}

const claiming =
  (changes: (payload: JWTPayload, now: number) => JWTPayload): MakeToken =>
  (caller, clock) =>
    sign(changes(payloadOf(caller, clock), inSeconds(clock)))
const lacking = (claim: string) => claiming((payload) => without(claim, payload))

let stranger: ReturnType<typeof generateKeyPair> | undefined
const strangersKeys = () => (stranger ??= generateKeyPair('EdDSA'))

/** A token whose time is over; everything else about it is right. */
export const expiredToken: MakeToken = claiming((payload, now) => ({
  ...payload,
  iat: now - 1_500,
  exp: now - 600,
}))

/**
 * Ways in which a token can be wrong though it looks right, each with how to make it. They follow RFC 8725 (best
 * practices for JWTs) and RFC 9068 (access tokens); what is not named is as in `tokenOf`.
 */
export const wrongTokens = {
  'not valid yet': claiming((payload, now) => ({ ...payload, nbf: now + 3_600 })),
  'signed by another key': async (caller, clock) =>
    sign(payloadOf(caller, clock), {}, (await strangersKeys()).privateKey),
  'signed by a key that it brings along': async (caller, clock) => {
    const { privateKey, publicKey } = await strangersKeys()
    return sign(payloadOf(caller, clock), { jwk: await exportJWK(publicKey) }, privateKey)
  },
  'changed after it was signed': async (caller, clock) => {
    const [header, , signature] = (await tokenOf(caller, clock)).split('.')
    return [header, encode({ ...payloadOf(caller, clock), scope: 'everything' }), signature].join('.')
  },
  'without its signature': async (caller, clock) => (await tokenOf(caller, clock)).replace(/[^.]+$/, ''),
  'with alg none': async (caller, clock) =>
    `${encode({ ...usualHeader, alg: 'none' })}.${encode(payloadOf(caller, clock))}.`,
  'with alg none and a signature': async (caller, clock) => {
    const [, payload, signature] = (await tokenOf(caller, clock)).split('.')
    return [encode({ ...usualHeader, alg: 'none' }), payload, signature].join('.')
  },
  'HS256 with the bytes of the public key': async (caller, clock) => {
    const { x } = await exportJWK((await testKeys()).publicKey)
    return hmac(caller, clock, Buffer.from(x!, 'base64url'))
  },
  'HS256 with the PEM of the public key': async (caller, clock) =>
    hmac(caller, clock, await exportSPKI((await testKeys()).publicKey)),
  'of an unknown kid': (caller, clock) => sign(payloadOf(caller, clock), { kid: 'unknown-key' }),
  'with a critical header that nobody knows': async (caller, clock) => {
    const { privateKey } = await testKeys()
    const header = { ...usualHeader, crit: ['slipway-test'], 'slipway-test': true }
    return new SignJWT(payloadOf(caller, clock))
      .setProtectedHeader(header)
      .sign(privateKey, { crit: { 'slipway-test': true } })
  },
  'of another issuer': claiming((payload) => ({ ...payload, iss: 'http://other-sso.test/sso' })),
  'without an issuer': lacking('iss'),
  'for another audience': claiming((payload) => ({ ...payload, aud: 'some-other-service' })),
  'without an audience': lacking('aud'),
  'of typ JWT, such as an ID token': (caller, clock) => sign(payloadOf(caller, clock), { typ: 'JWT' }),
  'without typ': (caller, clock) => sign(payloadOf(caller, clock), { typ: undefined }),
  'that never expires': lacking('exp'),
  'without a subject': lacking('sub'),
  'without a client': lacking('client_id'),
  'without an id': lacking('jti'),
  'of no kind': lacking('token_use'),
  'of an unknown kind': claiming((payload) => ({ ...payload, token_use: 'admin' })),
} as const satisfies Readonly<Record<string, MakeToken>>

/** Wrong ways of a delegated token: it is narrowed to one service (RFC 8693) and says who acts. */
export const wrongDelegatedTokens = {
  'delegated for the whole platform': claiming((payload) => ({ ...payload, aud: 'slipway' })),
  'delegated for this service among others': claiming((payload) => ({
    ...payload,
    aud: [String(payload.aud), 'other'],
  })),
  'delegated without an actor': lacking('act'),
} as const satisfies Readonly<Record<string, MakeToken>>

function hmac(caller: TestCaller, clock: Clock, key: string | Buffer): string {
  const signed = `${encode({ ...usualHeader, alg: 'HS256' })}.${encode(payloadOf(caller, clock))}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}
