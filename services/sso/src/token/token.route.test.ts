import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { permissionsOf } from '../role/roles.ts'
import { askToken, basic } from '../testing/oauth.ts'
import { arrive } from '../testing/people.ts'
import { clientSecrets, ssoTest, test } from '../testing/test.ts'

const acquiring = basic('acquiring', clientSecrets.acquiring)
const credentials = { grant_type: 'client_credentials' }
const oauthError = (status: number, error: string) => ({
  status,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  json: { error, error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/) as string },
})

test('a service gets a token of its own', async ({ api }) => {
  const answer = await askToken(api, credentials, acquiring)

  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } })
  expect(answer.json).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 900, scope: '' })
  const { iat, ...claims } = decodeJwt(answer.json.access_token)
  expect(claims).toEqual({
    iss: 'http://sso.test/sso',
    sub: 'acquiring',
    aud: 'slipway',
    exp: iat! + 900,
    jti: expect.any(String),
    client_id: 'acquiring',
    scope: '',
    token_use: 'service',
  })
})

test('credentials may be in the form, and what nobody knows is ignored', async ({ api }) => {
  const form = { ...credentials, client_id: 'cart', client_secret: clientSecrets.cart, unknown: 'x' }

  expect(await askToken(api, form)).toMatchObject({ status: 200 })
  expect(await askToken(api, { ...credentials, client_id: 'acquiring' }, acquiring)).toMatchObject({ status: 200 })
})

test.for<[string, Record<string, string>, Record<string, string>]>([
  ['no credentials', {}, {}],
  ['an id without a secret', { client_id: 'cart' }, {}],
  ['a wrong secret', {}, basic('cart', 'wrong')],
  ['another client’s secret', {}, basic('cart', clientSecrets.acquiring)],
  ['an unknown client', {}, basic('nobody', clientSecrets.cart)],
  ['a name from the prototype', {}, basic('constructor', clientSecrets.cart)],
  ['the platform’s public client', { client_id: 'slipway', client_secret: '' }, {}],
  ['an empty secret', {}, basic('cart', '')],
  ['another scheme', {}, { authorization: 'Bearer abc' }],
  ['Basic without a colon', {}, { authorization: `Basic ${Buffer.from('cart').toString('base64')}` }],
  ['Basic that cannot be decoded', {}, { authorization: `Basic ${Buffer.from('cart:%zz').toString('base64')}` }],
])('%s is refused', async ([, fields, headers], { api }) => {
  const answer = await askToken(api, { ...credentials, ...fields }, headers)

  expect(answer).toMatchObject(oauthError(401, 'invalid_client'))
  expect(answer.headers['www-authenticate']).toBe('Basic realm="sso", charset="UTF-8"')
})

test('requests that make no sense are refused', async ({ api }) => {
  const invalidRequest = oauthError(400, 'invalid_request')
  const both = { ...credentials, client_id: 'acquiring', client_secret: clientSecrets.acquiring }

  expect(await askToken(api, both, acquiring)).toMatchObject(invalidRequest)
  expect(await askToken(api, { ...credentials, client_id: 'cart' }, acquiring)).toMatchObject(invalidRequest)
  expect(await askToken(api, { ...credentials, client_secret: 'x' })).toMatchObject(invalidRequest)
  expect(await askToken(api, 'grant_type=client_credentials&grant_type=x', acquiring)).toMatchObject(invalidRequest)
  expect(await askToken(api, {}, acquiring)).toMatchObject(invalidRequest)
  expect(await api.post('/sso/oauth2/token', credentials, acquiring)).toMatchObject(invalidRequest)
  expect(await askToken(api, { ...credentials, scope: 'x'.repeat(8_193) }, acquiring)).toMatchObject(invalidRequest)
  expect(await askToken(api, { grant_type: 'password' }, acquiring)).toMatchObject(
    oauthError(400, 'unsupported_grant_type'),
  )
  expect(await askToken(api, { ...credentials, scope: 'users:write' }, acquiring)).toMatchObject(
    oauthError(400, 'invalid_scope'),
  )
})

const rotating = ssoTest({ SERVICE_CLIENTS: `cart:first secret of cart,cart:second secret of cart` })

rotating('both secrets count while one is changed; who is not listed has none', async ({ api }) => {
  expect(await askToken(api, credentials, basic('cart', 'first secret of cart'))).toMatchObject({ status: 200 })
  expect(await askToken(api, credentials, basic('cart', 'second secret of cart'))).toMatchObject({ status: 200 })
  expect(await askToken(api, credentials, acquiring)).toMatchObject({ status: 401 })
})

test('a refresh token is exchanged here too, by the platform’s public client', async ({ api, deps }) => {
  const { user, accessToken, refreshToken } = await arrive(api, deps, { roles: ['support'] })

  const answer = await askToken(api, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'slipway' })

  expect(answer).toMatchObject({ status: 200 })
  const scope = permissionsOf(['support']).join(' ')
  expect(answer.json).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 900,
    scope,
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
  })
  const { sid } = decodeJwt(accessToken)
  expect(decodeJwt(answer.json.access_token)).toMatchObject({ sub: user.id, sid, scope, token_use: 'user' })
})

test('the refresh grant refuses in its own words', async ({ api, deps, clock }) => {
  const { refreshToken } = await arrive(api, deps)
  const refresh = (fields: Record<string, string>, headers = {}) =>
    askToken(api, { grant_type: 'refresh_token', ...fields }, headers)

  expect(await refresh({})).toMatchObject(oauthError(400, 'invalid_request'))
  expect(await refresh({ refresh_token: 'unknown' })).toMatchObject(oauthError(400, 'invalid_grant'))
  expect(await refresh({ refresh_token: refreshToken }, acquiring)).toMatchObject(oauthError(401, 'invalid_client'))
  expect(await refresh({ refresh_token: refreshToken, client_id: 'cart' })).toMatchObject({ status: 401 })

  const { json } = await refresh({ refresh_token: refreshToken })
  clock.advance(11_000)
  expect(await refresh({ refresh_token: refreshToken })).toMatchObject(oauthError(400, 'invalid_grant'))
  expect(await refresh({ refresh_token: json.refresh_token })).toMatchObject(oauthError(400, 'invalid_grant'))
})

test('no secret and no token gets into a log line', async ({ api, deps, logs }) => {
  const { accessToken, refreshToken } = await arrive(api, deps)
  const fields = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { json } = await askToken(api, fields)
  await askToken(api, { ...credentials, client_id: 'cart', client_secret: 'wrong canary' })
  await askToken(api, credentials, acquiring)

  expect(logs.text).toContain('POST /sso/oauth2/token 401')
  for (const secret of [accessToken, refreshToken, json.access_token, 'canary', clientSecrets.acquiring])
    expect(logs.text).not.toContain(secret)
})
