import { createHmac, createPrivateKey, sign as signBytes, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createLocalJWKSet,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  type GenerateKeyPairResult,
} from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { createVerifier } from './verifier.ts'

const issuer = 'http://sso.test/sso'
const ours = {
  EdDSA: await generateKeyPair('EdDSA', { extractable: true }),
  ES256: await generateKeyPair('ES256', { extractable: true }),
  RS256: await generateKeyPair('RS256', { extractable: true }),
}
const thief = await generateKeyPair('EdDSA', { extractable: true })
const thiefJwk = { ...(await exportJWK(thief.publicKey)), alg: 'EdDSA', use: 'sig' }
type Algorithm = keyof typeof ours
const algorithms = Object.keys(ours) as Algorithm[]

const published = await Promise.all(
  algorithms.map(async (alg) => ({ ...(await exportJWK(ours[alg].publicKey)), kid: alg, alg, use: 'sig' })),
)
const verify = createVerifier({
  keys: createLocalJWKSet({ keys: published }),
  issuer,
  audience: 'cart',
  clockToleranceSeconds: 5,
})

const seconds = Math.floor(Date.now() / 1_000)
const claims = {
  iss: issuer,
  sub: 'u1',
  aud: 'slipway',
  iat: seconds,
  exp: seconds + 900,
  jti: 'j1',
  client_id: 'web',
  token_use: 'user',
}
const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** Assembled by hand: no library would sign most of these. */
function forge(header: unknown, payload: unknown, signature: (input: Buffer) => Buffer): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${signature(Buffer.from(input)).toString('base64url')}`
}
const typ = 'at+jwt'
const nothing = () => Buffer.alloc(0)
const keyOf = async (pair: GenerateKeyPairResult) => createPrivateKey(await exportPKCS8(pair.privateKey))
const by = (key: KeyObject) => (input: Buffer) => signBytes(null, input, key)
const [honest, stolen] = [by(await keyOf(ours.EdDSA)), by(await keyOf(thief))]
const header = { alg: 'EdDSA', kid: 'EdDSA', typ }

test('the forge makes tokens that are accepted when nothing is wrong with them', async () => {
  await expect(verify(forge(header, claims, honest))).resolves.toMatchObject({ id: 'u1', kind: 'user' })
})

const refused = (token: string) => expect(verify(token)).rejects.toMatchObject({ status: 401, code: 'INVALID_TOKEN' })

test.each(['none', 'None', 'NONE', 'nOnE', '', null])('alg %j is refused', async (alg) => {
  for (const signature of [nothing, honest]) await refused(forge({ ...header, alg }, claims, signature))
})

test.each(algorithms)('the published %s key is no HMAC secret, in whatever form', async (kid) => {
  const pem = await exportSPKI(ours[kid].publicKey)
  const jwk = await exportJWK(ours[kid].publicKey)
  const raw = Buffer.from(jwk.x ?? jwk.n ?? '', 'base64url')
  for (const secret of [pem, pem.trim(), JSON.stringify(jwk), raw])
    for (const alg of ['HS256', 'HS384', 'HS512'])
      await refused(
        forge({ alg, kid, typ }, claims, (input) =>
          createHmac(alg.replace('HS', 'sha'), secret).update(input).digest(),
        ),
      )
})

test.each(algorithms.flatMap((alg) => algorithms.filter((kid) => kid !== alg).map((kid) => [alg, kid])))(
  'alg %s with the key for %s is refused',
  (alg, kid) => refused(forge({ alg, kid, typ }, claims, honest)),
)

test.each([
  ['zeros', Buffer.alloc(64)],
  ['zeros in DER', Buffer.from('3006020100020100', 'hex')],
  [
    'the order of the curve',
    Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'.repeat(2), 'hex'),
  ],
  ['nothing', Buffer.alloc(0)],
])('an ES256 signature of %s is refused', (_, bytes) =>
  refused(forge({ alg: 'ES256', kid: 'ES256', typ }, claims, () => bytes)),
)

test.each([
  '../../../dev/null',
  "' UNION SELECT 'x",
  'EdDSA\u0000',
  '/etc/hostname',
  '__proto__',
  '',
  1,
  null,
  ['EdDSA'],
  {},
])('kid %j leads nowhere', (kid) => refused(forge({ ...header, kid }, claims, stolen)))

test('keys that the token brings along are not used, and addresses in it not asked', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked++
    response.end(JSON.stringify({ keys: [{ ...thiefJwk, kid: 'thief' }] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
  for (const kid of ['thief', 'EdDSA', undefined])
    for (const brought of [
      { jwk: thiefJwk },
      { jku: url },
      { x5u: url },
      { x5c: ['MIIB'] },
      { jku: url, jwk: thiefJwk },
    ])
      await refused(forge({ ...header, kid, ...brought }, claims, stolen))
  expect(asked).toBe(0)
})

test.each([
  ['an extension nobody knows', { crit: ['exp2'], exp2: 1 }],
  ['an empty list of extensions', { crit: [] }],
  ['extensions that are no list', { crit: 'b64', b64: true }],
  ['an unencoded payload', { crit: ['b64'], b64: false }],
  ['a token inside', { cty: 'JWT', typ: 'JWT' }],
  ['another type', { typ: 'id+jwt' }],
])('a header with %s is refused', (_, extra) => refused(forge({ ...header, ...extra }, claims, honest)))

test('a token inside a token is refused, even when we signed both', async () => {
  const inner = forge(header, claims, honest)
  for (const payload of [inner, JSON.stringify(inner)]) await refused(forge({ ...header, cty: 'JWT' }, payload, honest))
})

test.each([
  ['alg', '{"alg":"none","alg":"EdDSA","kid":"EdDSA","typ":"at+jwt"}', JSON.stringify(claims)],
  ['kid', '{"alg":"EdDSA","kid":"x","kid":"EdDSA","typ":"at+jwt"}', JSON.stringify(claims)],
  ['sub', JSON.stringify(header), JSON.stringify(claims).replace('{', '{"sub":"admin",')],
  ['sub, written with an escape', JSON.stringify(header), JSON.stringify(claims).replace('{', '{"s\\u0075b":"admin",')],
  ['a member further in', JSON.stringify(header), JSON.stringify(claims).replace('{', '{"act":{"sub":"a","sub":"b"},')],
])('a token that says %s twice is refused', (_, head, payload) => refused(forge(head, payload, honest)))

test('colons and quotes in a value are no members', async () => {
  const odd = { ...claims, client_id: 'a":"b\\" : {"c":1}' }
  await expect(verify(forge(header, odd, honest))).resolves.toMatchObject({ clientId: odd.client_id })
})

test.each([
  ['oversized', forge(header, { ...claims, filler: 'x'.repeat(9_000) }, honest)],
  ['encrypted in form', 'a.b.c.d.e'],
  ['with an empty part', `${forge(header, claims, honest).split('.').slice(0, 2).join('.')}.`],
  ['with a part too many', `${forge(header, claims, honest)}.x`],
  ['of JSON that is no object', forge(header, '[]', honest)],
  ['nested too deep to read', forge(header, `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`, honest)],
  ['expiring at no number', forge(header, { ...claims, exp: '9999999999' }, honest)],
  ['for nobody', forge(header, { ...claims, aud: [] }, honest)],
])('a token %s is refused', (_, token) => refused(token))
