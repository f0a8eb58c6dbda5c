import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, generateSecret, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { remoteKeys } from './remote-keys.ts'
import { createVerifier } from './verifier.ts'

const issuer = 'http://sso.test/sso'
const first = await generateKeyPair('EdDSA', { extractable: true })
const second = await generateKeyPair('ES256', { extractable: true })
const published = {
  first: { ...(await exportJWK(first.publicKey)), kid: 'first', alg: 'EdDSA', use: 'sig' },
  second: { ...(await exportJWK(second.publicKey)), kid: 'second', alg: 'ES256', use: 'sig' },
}

let jwks: object[] = [published.first]
let up = true
let fetches = 0
let server: Server
let url: URL
beforeAll(async () => {
  server = createServer((_request, response) => {
    fetches++
    response.writeHead(up ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: jwks }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`)
})
afterAll(() => server.close())

const logger = { warn: vi.fn() } as never
const verifier = (now?: () => number) =>
  createVerifier({ keys: remoteKeys(url, logger), issuer, audience: 'cart', clockToleranceSeconds: 5, now })

const seconds = () => Math.floor(Date.now() / 1_000)
const usual = (): JWTPayload => ({
  iss: issuer,
  sub: 'u1',
  aud: 'slipway',
  iat: seconds(),
  exp: seconds() + 900,
  jti: 'j1',
  sid: 's1',
  client_id: 'web',
  scope: 'a:read a:write',
  roles: ['user'],
  token_use: 'user',
})
const sign = (claims: JWTPayload = {}, header: object = {}, key: Parameters<SignJWT['sign']>[0] = first.privateKey) =>
  new SignJWT({ ...usual(), ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'first', typ: 'at+jwt', ...header })
    .sign(key)

test('a good token gives the caller', async () => {
  const token = await sign()
  expect(await verifier()(token)).toEqual({
    kind: 'user',
    id: 'u1',
    clientId: 'web',
    roles: ['user'],
    permissions: new Set(['a:read', 'a:write']),
    sessionId: 's1',
    token,
  })
})

test('a delegated token is for this service alone and names who acts', async () => {
  const delegated = { token_use: 'delegated', aud: 'cart', act: { sub: 'acquiring' } }
  expect(await verifier()(await sign(delegated))).toMatchObject({ kind: 'delegated', id: 'u1', actor: 'acquiring' })
  await expect(verifier()(await sign({ ...delegated, aud: 'slipway' }))).rejects.toMatchObject({
    code: 'INVALID_TOKEN',
  })
  await expect(verifier()(await sign({ ...delegated, act: undefined }))).rejects.toMatchObject({
    code: 'INVALID_TOKEN',
  })
})

const stranger = await generateKeyPair('EdDSA')
test.each<[string, () => Promise<string> | string, string]>([
  ['expired', () => sign({ exp: seconds() - 6 }), 'TOKEN_EXPIRED'],
  ['not yet valid', () => sign({ nbf: seconds() + 60 }), 'INVALID_TOKEN'],
  ['signed by another key', () => sign({}, {}, stranger.privateKey), 'INVALID_TOKEN'],
  ['with an unknown kid', () => sign({}, { kid: 'nobody' }), 'INVALID_TOKEN'],
  ['from another issuer', () => sign({ iss: 'http://evil.test' }), 'INVALID_TOKEN'],
  ['for another audience', () => sign({ aud: 'files' }), 'INVALID_TOKEN'],
  ['without a subject', () => sign({ sub: undefined }), 'INVALID_TOKEN'],
  ['without an expiry', () => sign({ exp: undefined }), 'INVALID_TOKEN'],
  ['of another type', () => sign({}, { typ: 'JWT' }), 'INVALID_TOKEN'],
  ['of an unknown use', () => sign({ token_use: 'root' }), 'INVALID_TOKEN'],
  ['unsigned', () => new UnsecuredJWT(usual()).encode(), 'INVALID_TOKEN'],
  [
    'signed with the public key as an HMAC secret',
    async () => sign({}, { alg: 'HS256' }, await generateSecret('HS256')),
    'INVALID_TOKEN',
  ],
  ['cut', async () => (await sign()).slice(0, -10), 'INVALID_TOKEN'],
  ['that is no token', () => 'abc.def', 'INVALID_TOKEN'],
  ['that is huge', () => 'a'.repeat(9_000), 'INVALID_TOKEN'],
])('a token %s is refused', async (_name, make, code) => {
  await expect(verifier()(await make())).rejects.toMatchObject({ code, status: 401 })
})

test('a verified token is refused once it has expired, though it is remembered', async () => {
  let now = Date.now()
  const verify = verifier(() => now)
  const token = await sign({ exp: seconds() + 60 })
  await verify(token)
  now += 66_000
  await expect(verify(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
})

test('a new key is fetched when a token names it; unknown ones do not make a storm', async () => {
  const verify = verifier()
  await verify(await sign())
  jwks = [published.first, published.second]
  // the cool-down of 30 s is over once the clock says so
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000)
  await verify(await sign({}, { alg: 'ES256', kid: 'second' }, second.privateKey))
  const before = fetches
  const unknown = Array.from({ length: 20 }, async (_, index) => verify(await sign({}, { kid: `nobody-${index}` })))
  expect((await Promise.allSettled(unknown)).every(({ status }) => status === 'rejected')).toBe(true)
  expect(fetches).toBe(before)
  clock.mockRestore()
})

test('while the publisher is down, known keys stay in use; without any the answer is a 503', async () => {
  const verify = verifier()
  await verify(await sign())
  up = false
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 11 * 60_000)
  expect(await verify(await sign({ jti: 'j2', exp: seconds() + 1_800 }))).toMatchObject({ id: 'u1' })
  await expect(verify(await sign({}, { kid: 'nobody' }))).rejects.toMatchObject({ status: 401 })
  await expect(verifier()(await sign({ jti: 'j3' }))).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE', status: 503 })
  clock.mockRestore()
  up = true
})
