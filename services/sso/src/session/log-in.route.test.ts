import { parseOptions } from '@node-rs/argon2'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, vi } from 'vitest'
import * as argon2 from '../password/argon2-threads.ts'
import { permissionsOf } from '../role/roles.ts'
import { addUser, arrive, from, tryLogIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { ssoTest, test } from '../testing/test.ts'

vi.mock('../password/argon2-threads.ts', { spy: true }) // the real thing, watched

const path = '/sso/v1/sessions'
const invalid = { status: 401, json: problem(401, 'INVALID_CREDENTIALS', path) }
const tooMany = (seconds: unknown) => ({
  status: 429,
  headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string },
  json: problem(429, 'TOO_MANY_ATTEMPTS', path, { retryAfterSeconds: seconds }),
})

test('who logs in gets an access token with all claims, and a refresh token', async ({ api, deps, clock }) => {
  const user = await addUser(deps, { roles: ['support'] })
  clock.set(new Date('2026-03-01T10:00:00.500Z'))

  const answer = await tryLogIn(api, { email: ' ANN@example.com' })

  expect(answer).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } })
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.json).toEqual({
    accessToken: expect.any(String),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    tokenType: 'Bearer',
    expiresIn: 900,
  })
  const { kid } = await deps.signingKeys.signer()
  expect(decodeProtectedHeader(answer.json.accessToken)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid })
  const { iat, ...claims } = decodeJwt(answer.json.accessToken)
  expect(iat! - Date.parse('2026-03-01T10:00:00Z') / 1_000).toBeLessThan(600)
  expect(claims).toEqual({
    iss: 'http://sso.test/sso',
    sub: user.id,
    aud: 'slipway',
    exp: iat! + 900,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    client_id: 'slipway',
    scope: permissionsOf(['support']).join(' '),
    roles: ['user', 'support'],
    token_use: 'user',
  })
})

test('a wrong password and an unknown user get the same answer, for the same work', async ({ api, deps }) => {
  await addUser(deps)
  const statements = vi.spyOn(deps.database.sql, 'query')
  const attempt = async (email: string) => {
    statements.mockClear()
    vi.mocked(argon2.verify).mockClear()
    const { status, json, headers } = await tryLogIn(api, { email, given: 'a wrong password' })
    return {
      answer: { status, json: { ...json, traceId: '' }, headers: Object.keys(headers) },
      statements: statements.mock.calls.map(([text]) => text),
      hashes: vi.mocked(argon2.verify).mock.calls.map(([hash]) => parseOptions(hash)),
    }
  }

  const wrong = await attempt('ann@example.com')
  const unknown = await attempt('nobody@example.com')

  expect(wrong.answer).toMatchObject({ status: 401, json: { code: 'INVALID_CREDENTIALS' } })
  expect(wrong.hashes).toHaveLength(1)
  expect(wrong.statements.length).toBeGreaterThan(2)
  expect(unknown).toEqual(wrong)
})

test('in cookie mode the refresh token is where scripts cannot read it', async ({ api, deps }) => {
  await addUser(deps)

  const answer = await tryLogIn(api, { cookie: true })

  expect(answer.json).toEqual({ accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900 })
  expect(answer.headers['set-cookie']).toMatch(
    /^slipway_refresh=[\w-]{43}; Max-Age=2592000; Path=\/sso\/v1\/sessions; HttpOnly; SameSite=Strict$/,
  )
})

const production = ssoTest({ NODE_ENV: 'production' })

production('in production the cookie goes over TLS only', async ({ api, deps }) => {
  await addUser(deps)

  expect((await tryLogIn(api, { cookie: true })).headers['set-cookie']).toMatch(/; HttpOnly; Secure; SameSite=Strict$/)
})

test.for<[string, object]>([
  ['no password', { email: 'ann@example.com' }],
  ['an unknown field', { email: 'ann@example.com', password: 'x', admin: true }],
  ['a NUL in the address', { email: 'ann\u0000@example.com', password: 'x' }],
  ['half a character in the address', { email: 'ann\ud800', password: 'x' }],
])('%s is refused', async ([, body], { api }) => {
  expect(await api.post(path, body)).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
})

test('after some failures an account must wait, longer each time; success forgets them', async ({
  api,
  deps,
  clock,
}) => {
  await arrive(api, deps)
  const wrong = () => tryLogIn(api, { given: 'wrong' })

  for (let failure = 1; failure <= 5; failure++) expect(await wrong()).toMatchObject(invalid)
  expect(await wrong()).toMatchObject(tooMany(1))
  expect(await tryLogIn(api)).toMatchObject(tooMany(1))

  clock.advance(1_000)
  expect(await wrong()).toMatchObject(invalid)
  expect(await wrong()).toMatchObject(tooMany(2))

  clock.advance(2_000)
  expect(await tryLogIn(api)).toMatchObject({ status: 201 })
  for (let failure = 1; failure <= 5; failure++) expect(await wrong()).toMatchObject(invalid)
  expect(await wrong()).toMatchObject(tooMany(1))
})

test('an unknown account must wait just the same', async ({ api }) => {
  const wrong = () => tryLogIn(api, { email: 'nobody@example.com' })

  for (let failure = 1; failure <= 5; failure++) expect(await wrong()).toMatchObject(invalid)
  expect(await wrong()).toMatchObject(tooMany(1))
})

test('attempts that are refused do not make the wait longer, and it has an end', async ({ api, deps, clock }) => {
  await addUser(deps)
  const wrong = () => tryLogIn(api, { given: 'wrong' })
  for (let failure = 1; failure <= 30; failure++) {
    await wrong()
    clock.advance(300_000)
  }

  await wrong()
  for (let refused = 1; refused <= 5; refused++) expect(await wrong()).toMatchObject(tooMany(expect.any(Number)))
  clock.advance(300_000)
  expect(await tryLogIn(api)).toMatchObject({ status: 201 })
})

test('strangers cannot lock out somebody at a place they use', async ({ api, deps }) => {
  await addUser(deps)
  await tryLogIn(api, { headers: from('192.0.2.1') })
  const guess = (address: string) => tryLogIn(api, { given: 'wrong', headers: from(address) })

  for (let failure = 1; failure <= 5; failure++) expect(await guess(`198.51.100.${failure}`)).toMatchObject(invalid)
  expect(await guess('198.51.100.99')).toMatchObject(tooMany(1))

  expect(await tryLogIn(api, { headers: from('192.0.2.1') })).toMatchObject({ status: 201 })
  for (let failure = 1; failure <= 5; failure++) expect(await guess('192.0.2.1')).toMatchObject(invalid)
  expect(await guess('192.0.2.1')).toMatchObject(tooMany(1))
})

const strict = ssoTest({ LOGIN_FREE_FAILURES_PER_ADDRESS: '3' })

strict('one address must wait after failures on many accounts; its neighbours need not', async ({ api, deps }) => {
  await addUser(deps)
  const guess = (email: string, address: string) => tryLogIn(api, { email, headers: from(address) })

  for (let failure = 1; failure <= 3; failure++)
    expect(await guess(`u${failure}@example.com`, `2001:db8:1:1::${failure}`)).toMatchObject(invalid)
  expect(await guess('ann@example.com', '2001:db8:1:1::99')).toMatchObject(tooMany(1))
  expect(await guess('ann@example.com', '2001:db8:1:2::1')).toMatchObject({ status: 201 })
})

test('neither password nor tokens get into a log line', async ({ api, deps, logs }) => {
  const { accessToken, refreshToken } = await arrive(api, deps)
  await tryLogIn(api, { given: 'a wrong canary' })

  expect(logs.text).toContain('POST /sso/v1/sessions 401')
  for (const secret of [accessToken, refreshToken, 'canary', 'correct-horse']) expect(logs.text).not.toContain(secret)
})
