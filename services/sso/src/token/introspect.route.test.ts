import { tokenExchangeGrant, accessTokenType } from '@slipway/contracts/sso'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { askToken, basic, introspect } from '../testing/oauth.ts'
import { arrive } from '../testing/people.ts'
import { clientSecrets, test } from '../testing/test.ts'

const acquiring = basic('acquiring', clientSecrets.acquiring)
const cart = basic('cart', clientSecrets.cart)
const inactive = { status: 200, headers: { 'cache-control': 'no-store' }, json: { active: false } }

test('a user’s token is described to any service', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)

  const answer = await introspect(api, { token: accessToken, token_type_hint: 'refresh_token' }, cart)

  expect(answer.status).toBe(200)
  expect(answer.json).toEqual({ active: true, token_type: 'Bearer', ...decodeJwt(accessToken) })
})

test('so is a service’s own', async ({ api }) => {
  const { json } = await askToken(api, { grant_type: 'client_credentials' }, acquiring)

  const answer = await introspect(api, { token: json.access_token }, cart)

  expect(answer.json).toEqual({ active: true, token_type: 'Bearer', ...decodeJwt(json.access_token) })
})

test('a delegated one is the business of the two services that it names', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)
  const form = { subject_token: accessToken, subject_token_type: accessTokenType, audience: 'cart' }
  const { json } = await askToken(api, { grant_type: tokenExchangeGrant, ...form }, acquiring)
  const token = json.access_token as string
  const described = { active: true, token_type: 'Bearer', ...decodeJwt(token) }
  expect((await introspect(api, { token }, cart)).json).toEqual(described)
  expect((await introspect(api, { token }, acquiring)).json).toEqual(described)
})

test('a refresh token counts until its successor is used, and asking does not use it', async ({ api, deps, clock }) => {
  const { user, accessToken, refreshToken } = await arrive(api, deps)
  const { sid } = decodeJwt(accessToken)
  const ask = (token: string) => introspect(api, { token }, cart)
  const iss = 'http://sso.test/sso'
  const described = { active: true, token_use: 'refresh', iss, sub: user.id, client_id: 'slipway', sid }

  for (let time = 0; time < 2; time++)
    expect((await ask(refreshToken)).json).toEqual({ ...described, exp: expect.any(Number) })
  const { json } = await askToken(api, { grant_type: 'refresh_token', refresh_token: refreshToken })
  clock.advance(11_000)
  expect(await ask(refreshToken)).toMatchObject(inactive)
  expect((await ask(json.refresh_token)).json).toMatchObject({ active: true })
})

test('tokens of a session that is over do not count, nor those of somebody erased', async ({ api, deps }) => {
  const [ann, bob] = [await arrive(api, deps), await arrive(api, deps, { email: 'bob@example.com' })]
  await api.delete('/sso/v1/sessions/current', ann.headers)
  await api.delete('/sso/v1/me', bob.headers)

  for (const { accessToken, refreshToken } of [ann, bob])
    for (const token of [accessToken, refreshToken])
      expect(await introspect(api, { token }, cart)).toMatchObject(inactive)
})

test('what has expired, is forged or is no token does not count', async ({ api, deps, clock }) => {
  const { accessToken } = await arrive(api, deps)
  const [header, payload] = accessToken.split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')

  for (const token of ['words', '', `${header}.${payload}.AAAA`, `${none}.${payload}.`])
    expect(await introspect(api, { token }, cart)).toMatchObject(inactive)
  clock.advance(901_000)
  expect(await introspect(api, { token: accessToken }, cart)).toMatchObject(inactive)
})

test('only services may ask', async ({ api, deps }) => {
  const { accessToken, headers } = await arrive(api, deps)
  const ask = (given: Record<string, string>, more = {}) => introspect(api, { token: accessToken, ...more }, given)

  for (const given of [{}, headers, basic('cart', 'wrong')])
    expect(await ask(given)).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
  expect(await ask({}, { client_id: 'slipway' })).toMatchObject({ status: 401 })
  expect(await introspect(api, {}, cart)).toMatchObject({ status: 400, json: { error: 'invalid_request' } })
})
