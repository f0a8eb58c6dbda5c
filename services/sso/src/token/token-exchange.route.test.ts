import { accessTokenType, tokenExchangeGrant } from '@slipway/contracts/sso'
import type { Api } from '@slipway/testing'
import { decodeJwt, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { permissionsOf } from '../role/roles.ts'
import { askToken, basic } from '../testing/oauth.ts'
import { arrive } from '../testing/people.ts'
import { clientSecrets, test } from '../testing/test.ts'

const acquiring = basic('acquiring', clientSecrets.acquiring)

const exchange = (api: Api, subject: string, more: Record<string, string> = {}, headers = acquiring) =>
  askToken(
    api,
    {
      grant_type: tokenExchangeGrant,
      subject_token: subject,
      subject_token_type: accessTokenType,
      audience: 'cart',
      ...more,
    },
    headers,
  )

const refusal = (error: string) => ({ status: 400, json: { error, error_description: expect.any(String) as string } })

test('a user’s token becomes one for the called service only, with the caller named', async ({ api, deps }) => {
  const { user, accessToken } = await arrive(api, deps, { roles: ['support'] })
  const subject = decodeJwt(accessToken)

  const answer = await exchange(api, accessToken)

  const scope = permissionsOf(['support']).join(' ')
  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
  expect(answer.json).toEqual({
    access_token: expect.any(String),
    issued_token_type: accessTokenType,
    token_type: 'Bearer',
    expires_in: 300,
    scope,
  })
  const { iat, ...claims } = decodeJwt(answer.json.access_token)
  expect(claims).toEqual({
    iss: 'http://sso.test/sso',
    sub: user.id,
    aud: 'cart',
    exp: iat! + 300,
    jti: expect.any(String),
    sid: subject['sid'],
    client_id: 'acquiring',
    scope,
    roles: ['user', 'support'],
    act: { sub: 'acquiring' },
    token_use: 'delegated',
  })
  expect(claims.jti).not.toBe(subject.jti)
})

test('it never outlives the user’s own', async ({ api, deps, clock }) => {
  const { accessToken } = await arrive(api, deps)
  clock.advance(800_000)

  const { json } = await exchange(api, accessToken)

  const { exp } = decodeJwt(accessToken)
  expect(decodeJwt(json.access_token).exp).toBe(exp)
  expect(json.expires_in).toBeLessThanOrEqual(100)
  expect(json.expires_in).toBeGreaterThan(90)
})

test('it can be narrowed, not widened', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps, { roles: ['support'] })

  const narrowed = await exchange(api, accessToken, { scope: 'carts:read' })

  expect(narrowed.json).toMatchObject({ scope: 'carts:read' })
  expect(decodeJwt(narrowed.json.access_token)).toMatchObject({ scope: 'carts:read' })
  expect(await exchange(api, accessToken, { scope: 'users:write' })).toMatchObject(refusal('invalid_scope'))
})

test('a delegated token opens no door of a person, here either', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)
  const { json } = await exchange(api, accessToken)

  expect(await api.get('/sso/v1/me', { authorization: `Bearer ${json.access_token}` })).toMatchObject({ status: 401 })
})

test('only who may call the audience gets it', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)

  for (const audience of ['acquiring', 'sso', 'slipway', 'files', 'https://evil.example'])
    expect(await exchange(api, accessToken, { audience }), audience).toMatchObject(refusal('invalid_target'))
  expect(await exchange(api, accessToken, { resource: 'https://cart' })).toMatchObject(refusal('invalid_target'))
  expect(await exchange(api, accessToken, {}, basic('acquiring', 'wrong'))).toMatchObject({ status: 401 })
})

test('only a user’s own token of ours, still good, is exchanged', async ({ api, deps, clock }) => {
  const { accessToken, refreshToken, user } = await arrive(api, deps)
  const delegated = (await exchange(api, accessToken)).json.access_token as string
  const service = (await askToken(api, { grant_type: 'client_credentials' }, acquiring)).json.access_token as string
  const forged = await forge(deps, decodeJwt(accessToken))
  const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${accessToken.split('.')[1]}.`
  const changed = accessToken.replace(/\.[^.]+$/, `.${'A'.repeat(86)}`)
  const own = (more: object) => sign(deps, { ...decodeJwt(accessToken), ...more })
  const subjects = {
    delegated,
    service,
    refreshToken,
    forged,
    unsigned,
    changed,
    'another issuer': await own({ iss: 'https://evil.example' }),
    'another audience': await own({ aud: 'cart' }),
    'another use': await own({ token_use: 'delegated' }),
    'another type of token': await sign(deps, decodeJwt(accessToken), 'JWT'),
    'no session': await own({ sid: undefined }),
    'no text': '',
    words: 'not a token',
    id: user.id,
  }

  expect(await exchange(api, await own({}))).toMatchObject({ status: 200 })
  for (const [name, subject] of Object.entries(subjects))
    expect(await exchange(api, subject), name).toMatchObject(refusal('invalid_request'))

  clock.advance(901_000)
  expect(await exchange(api, accessToken), 'expired').toMatchObject(refusal('invalid_request'))
})

test('what the request lacks, or has too much, is told', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)
  const without = (name: string) => {
    const form: Record<string, string> = {
      grant_type: tokenExchangeGrant,
      subject_token: accessToken,
      subject_token_type: accessTokenType,
      audience: 'cart',
    }
    delete form[name]
    return askToken(api, form, acquiring)
  }

  for (const name of ['subject_token', 'subject_token_type', 'audience'])
    expect(await without(name), name).toMatchObject(refusal('invalid_request'))
  const jwt = 'urn:ietf:params:oauth:token-type:jwt'
  const refresh = 'urn:ietf:params:oauth:token-type:refresh_token'
  expect(await exchange(api, accessToken, { subject_token_type: jwt, requested_token_type: jwt })).toMatchObject({
    status: 200,
  })
  const wrong: Record<string, string>[] = [
    { subject_token_type: refresh },
    { requested_token_type: refresh },
    { actor_token: accessToken },
  ]
  for (const more of wrong) expect(await exchange(api, accessToken, more)).toMatchObject(refusal('invalid_request'))
})

async function sign(deps: Deps, claims: JWTPayload, typ = 'at+jwt') {
  const { kid, key } = await deps.signingKeys.signer()
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid, typ }).sign(key)
}

/** Signed with a key of the forger’s, under the name of ours. */
async function forge(deps: Deps, claims: JWTPayload) {
  const { kid } = await deps.signingKeys.signer()
  const { privateKey } = await generateKeyPair('EdDSA')
  return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' }).sign(privateKey)
}
