import { expect } from 'vitest'
import { askToken, basic, introspect, revoke } from '../testing/oauth.ts'
import { arrive, logIn } from '../testing/people.ts'
import { clientSecrets, test } from '../testing/test.ts'

const cart = basic('cart', clientSecrets.cart)
const done = { status: 200, headers: { 'cache-control': 'no-store' }, json: {} }

test.for(['accessToken', 'refreshToken'] as const)(
  'revoking the %s ends its session, and no other',
  async (kind, { api, deps }) => {
    const session = await arrive(api, deps)
    const other = await logIn(api)

    expect(await revoke(api, { token: session[kind], client_id: 'slipway' })).toMatchObject(done)

    const refresh = (token: string) => api.post('/sso/v1/sessions/refresh', { refreshToken: token })
    expect(await refresh(session.refreshToken)).toMatchObject({ status: 401, json: { code: 'INVALID_REFRESH_TOKEN' } })
    expect(await introspect(api, { token: session.accessToken }, cart)).toMatchObject({ json: { active: false } })
    expect(await refresh(other.refreshToken)).toMatchObject({ status: 200 })
    const [event] = await deps.audit.list({ action: 'session.ended', limit: 10 })
    expect(event).toMatchObject({ actor: session.user.id, subject: session.user.id, details: { by: 'revocation' } })
  },
)

test('a token that was exchanged already ends the session as well', async ({ api, deps }) => {
  const { refreshToken } = await arrive(api, deps)
  const { json } = await askToken(api, { grant_type: 'refresh_token', refresh_token: refreshToken })

  expect(await revoke(api, { token: refreshToken })).toMatchObject(done)

  const again = await askToken(api, { grant_type: 'refresh_token', refresh_token: json.refresh_token })
  expect(again).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
})

test('what does not count is revoked already', async ({ api, deps }) => {
  const { refreshToken } = await arrive(api, deps)
  await revoke(api, { token: refreshToken })

  for (const token of [refreshToken, 'words', ''])
    expect(await revoke(api, { token, token_type_hint: 'access_token' })).toMatchObject(done)
  expect(await deps.audit.list({ action: 'session.ended', limit: 10 })).toHaveLength(1)
})

test('a service’s own token cannot be revoked, and the answer says so', async ({ api }) => {
  const { json } = await askToken(api, { grant_type: 'client_credentials' }, cart)

  const answer = await revoke(api, { token: json.access_token }, cart)

  expect(answer).toMatchObject({ status: 400, json: { error: 'unsupported_token_type' } })
})

test('who gives a secret must give the right one', async ({ api, deps }) => {
  const { refreshToken: token } = await arrive(api, deps)

  expect(await revoke(api, { token }, basic('cart', 'wrong'))).toMatchObject({ status: 401 })
  expect(await revoke(api, { token, client_id: 'cart' })).toMatchObject({ status: 401 })
  expect(await revoke(api, {})).toMatchObject({ status: 400, json: { error: 'invalid_request' } })
  expect(await introspect(api, { token }, cart)).toMatchObject({ json: { active: true } })
})
