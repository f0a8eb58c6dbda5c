import { EmailVerificationRequested, SessionTokenReused, UserDeleted } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import { arrive, logIn, password, tryLogIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { ssoTest, test } from '../testing/test.ts'

const refresh = '/sso/v1/sessions/refresh'
const fresh = 'another battery staple'

test('a password change needs the present one and ends the other sessions', async ({ api, deps }) => {
  const { user, headers, refreshToken } = await arrive(api, deps)
  const other = await logIn(api, user.email)
  const path = '/sso/v1/me/password'

  expect(await api.post(path, { currentPassword: 'wrong', newPassword: fresh }, headers)).toMatchObject({
    status: 403,
    json: problem(403, 'WRONG_PASSWORD', path),
  })
  expect(await api.post(path, { currentPassword: password, newPassword: fresh }, headers)).toMatchObject({
    status: 204,
  })

  expect(await api.post(refresh, { refreshToken: other.refreshToken })).toMatchObject({ status: 401 })
  expect(await api.post(refresh, { refreshToken })).toMatchObject({ status: 200 })
  expect(await tryLogIn(api)).toMatchObject({ status: 401 })
  expect(await tryLogIn(api, { given: fresh })).toMatchObject({ status: 201 })
})

test('erasure takes the user away and is announced', async ({ api, deps, events }) => {
  const { user, headers, refreshToken } = await arrive(api, deps)

  expect(await api.delete('/sso/v1/me', headers)).toMatchObject({ status: 204 })

  expect((await events.emitted(UserDeleted)).map(({ data }) => data)).toEqual([{ userId: user.id }])
  expect(await deps.database.prisma.session.count()).toBe(0)
  expect(await api.get('/sso/v1/me', headers)).toMatchObject({ status: 404 })
  expect(await api.delete('/sso/v1/me', headers)).toMatchObject({ status: 404 })
  expect(await api.post(refresh, { refreshToken })).toMatchObject({ status: 401 })
})

test.fresh('of two admins who erase themselves at once one stays', async ({ api, deps }) => {
  const admins = [
    await arrive(api, deps, { roles: ['admin'] }),
    await arrive(api, deps, { email: 'bob@example.com', roles: ['admin'] }),
  ]
  const erase = () => Promise.all(admins.map(({ headers }) => api.delete('/sso/v1/me', headers)))

  const answers = await erase()

  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  expect(answers.find(({ status }) => status === 409)?.json).toEqual(problem(409, 'LAST_ADMIN', '/sso/v1/me'))
  expect((await erase()).map(({ status }) => status).sort()).toEqual([404, 409])
  expect(await deps.users.list({ limit: 10 })).toMatchObject([{ roles: ['user', 'admin'] }])
})

test('who registers proves the address with the link, once', async ({ api, events }) => {
  const { json } = await api.post('/sso/v1/users', { email: 'ann@example.com', password })
  const [sent] = await events.emitted(EmailVerificationRequested)
  const confirm = () => api.post('/sso/v1/email-verifications/confirm', { token: sent!.data.token })

  expect(json.emailVerified).toBe(false)
  expect(await confirm()).toMatchObject({ status: 204 })
  expect(await confirm()).toMatchObject({ status: 400, json: { code: 'INVALID_ONE_TIME_TOKEN' } })
  const { headers } = await logIn(api)
  expect((await api.get('/sso/v1/me', headers)).json.emailVerified).toBe(true)
})

test('an address that is registered and erased in turn is sent no more links than others', async ({ api, events }) => {
  for (let time = 0; time < 7; time++) {
    expect(await api.post('/sso/v1/users', { email: 'ann@example.com', password })).toMatchObject({ status: 201 })
    const { headers } = await logIn(api)
    expect(await api.delete('/sso/v1/me', headers)).toMatchObject({ status: 204 })
  }

  expect(await events.emitted(EmailVerificationRequested)).toHaveLength(5)
})

test('an admin changes roles, but does not leave the platform without one', async ({ api, deps }) => {
  const admin = await arrive(api, deps, { email: 'root@example.com', roles: ['admin'] })
  const ann = await arrive(api, deps)
  const set = (id: string, roles: string[]) => api.put(`/sso/v1/users/${id}/roles`, { roles }, admin.headers)

  expect(await set(ann.user.id, ['support'])).toMatchObject({ status: 200, json: { roles: ['user', 'support'] } })
  expect(await set(ann.user.id, ['king'])).toMatchObject({ status: 400, json: { code: 'UNKNOWN_ROLE' } })
  expect(await set(admin.user.id, [])).toMatchObject({ status: 409, json: { code: 'LAST_ADMIN' } })
  await set(ann.user.id, ['admin'])
  expect(await set(admin.user.id, [])).toMatchObject({ status: 200 })
})

test('an admin finds, changes and unlocks users; a new address is to be proved anew', async ({ api, deps, clock }) => {
  const admin = await arrive(api, deps, { email: 'root@example.com', roles: ['admin'] })
  const { user } = await arrive(api, deps)
  await deps.users.verify({ userId: user.id, email: user.email }, clock.now())
  const stranger = { 'x-forwarded-for': '192.0.2.9' }
  for (let time = 0; time < 6; time++) await tryLogIn(api, { given: 'wrong', headers: stranger })
  expect(await tryLogIn(api, { headers: stranger })).toMatchObject({ status: 429 })

  expect(await api.post(`/sso/v1/users/${user.id}/unlock`, undefined, admin.headers)).toMatchObject({ status: 204 })
  expect(await tryLogIn(api, { headers: stranger })).toMatchObject({ status: 201 })

  const found = await api.get('/sso/v1/users?email=ann@example.com', admin.headers)
  expect(found.json).toMatchObject({ items: [{ id: user.id, emailVerified: true }], nextCursor: null })
  const changes = { email: ' Bob@example.com', name: 'Bob' }
  expect(await api.patch(`/sso/v1/users/${user.id}`, changes, admin.headers)).toMatchObject({
    status: 200,
    json: { email: 'bob@example.com', name: 'Bob', emailVerified: false },
  })
  expect(await api.patch(`/sso/v1/users/${user.id}`, { email: 'root@example.com' }, admin.headers)).toMatchObject({
    status: 409,
    json: { code: 'EMAIL_TAKEN' },
  })
})

test('a new address is sent the link that proves it, and only a new one', async ({ api, deps, events }) => {
  const admin = await arrive(api, deps, { email: 'root@example.com', roles: ['admin'] })
  const { user } = await arrive(api, deps)
  const patch = (changes: object) => api.patch(`/sso/v1/users/${user.id}`, changes, admin.headers)

  for (const changes of [{ email: 'bob@example.com' }, { email: 'BOB@example.com' }, { name: 'Bob' }])
    expect(await patch(changes)).toMatchObject({ status: 200, json: { emailVerified: false } })

  const sent = await events.emitted(EmailVerificationRequested)
  expect(sent.map(({ data: { userId, email } }) => ({ userId, email }))).toEqual([
    { userId: user.id, email: 'bob@example.com' },
  ])
  const { token } = sent[0]!.data
  expect(await api.post('/sso/v1/email-verifications/confirm', { token })).toMatchObject({ status: 204 })
  expect(await deps.users.find(user.id)).toMatchObject({ email: 'bob@example.com', emailVerifiedAt: expect.any(Date) })
})

test('a stolen token ends the family, once announced and audited with where it came from', async ({
  api,
  deps,
  clock,
  events,
}) => {
  const { user, refreshToken } = await arrive(api, deps, { roles: ['support'] })
  const { headers } = await logIn(api, user.email)
  await api.post(refresh, { refreshToken })
  clock.advance(11_000)
  const thief = { 'x-forwarded-for': '192.0.2.66' }
  for (let time = 0; time < 2; time++)
    expect(await api.post(refresh, { refreshToken }, thief)).toMatchObject({ json: { code: 'TOKEN_REUSED' } })

  expect(await events.emitted(SessionTokenReused)).toHaveLength(1)
  const page = await api.get(`/sso/v1/audit?subject=${user.id}&action=session.token-reused`, headers)
  expect(page.json).toMatchObject({
    items: [{ actor: null, subject: user.id, address: '192.0.2.66', details: { sessionId: expect.any(String) } }],
    nextCursor: null,
  })
})

const stronger = ssoTest({ PASSWORD_HASH_PASSES: '2' })

stronger('who logs in is hashed again when the parameters have changed', async ({ api, deps }) => {
  const { user } = await arrive(api, deps)
  const old = user.passwordHash.replace('t=2', 't=1')
  expect(deps.passwords.isOutdated(user.passwordHash)).toBe(false)
  expect(deps.passwords.isOutdated(old)).toBe(true)
})
