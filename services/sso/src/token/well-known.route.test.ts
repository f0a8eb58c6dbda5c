import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { expect } from 'vitest'
import { arrive } from '../testing/people.ts'
import { ssoTest, test } from '../testing/test.ts'

test('the published keys verify our tokens, with nothing of ours', async ({ api, deps, clock }) => {
  const { user, accessToken } = await arrive(api, deps)

  const answer = await api.get('/sso/.well-known/jwks.json')

  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=300' } })
  const { payload, protectedHeader } = await jwtVerify(accessToken, createLocalJWKSet(answer.json as JSONWebKeySet), {
    issuer: 'http://sso.test/sso',
    audience: 'slipway',
    typ: 'at+jwt',
    algorithms: ['EdDSA'],
    currentDate: clock.now(),
  })
  expect(payload.sub).toBe(user.id)
  const published = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: expect.stringMatching(/^[\w-]{43}$/) as string,
    kid: expect.stringMatching(/^[\w-]{43}$/) as string,
    alg: 'EdDSA',
    use: 'sig',
  }
  expect(answer.json).toEqual({ keys: [published, published] })
  expect(answer.json.keys).toContainEqual({ ...published, kid: protectedHeader.kid })
})

test('a token of another key is not verified by them', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)
  const { json } = await api.get('/sso/.well-known/jwks.json')
  const other = {
    keys: json.keys.map((key: object) => ({ ...key, x: Buffer.alloc(32, 7).toString('base64url') })),
  }

  await expect(jwtVerify(accessToken, createLocalJWKSet(other))).rejects.toThrow()
})

const elsewhere = ssoTest({ PUBLIC_URL: 'https://shop.example/', TOKEN_ISSUER: 'https://id.example' })

elsewhere('programs find out what is offered and where', async ({ api }) => {
  const answer = await api.get('/sso/.well-known/oauth-authorization-server')

  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=3600' } })
  expect(answer.json).toEqual({
    issuer: 'https://id.example',
    token_endpoint: 'https://shop.example/sso/oauth2/token',
    introspection_endpoint: 'https://shop.example/sso/oauth2/introspect',
    revocation_endpoint: 'https://shop.example/sso/oauth2/revoke',
    jwks_uri: 'https://shop.example/sso/.well-known/jwks.json',
    grant_types_supported: ['client_credentials', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  })
})
