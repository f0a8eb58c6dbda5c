import { PasswordResetRequested } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import { addUser, arrive, logIn, tryLogIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { test } from '../testing/test.ts'

const ask = '/sso/v1/password-resets'
const confirm = `${ask}/confirm`
const fresh = 'another battery staple'
const invalid = { status: 400, json: problem(400, 'INVALID_ONE_TIME_TOKEN', confirm) }

test('a link sets a new password once, ends all sessions and proves the address', async ({ api, deps, events }) => {
  const { user, refreshToken } = await arrive(api, deps)

  expect(await api.post(ask, { email: user.email })).toMatchObject({ status: 202, json: null })
  const [sent] = await events.emitted(PasswordResetRequested)
  const { token, ...data } = sent!.data
  expect(data).toEqual({ userId: user.id, email: user.email, expiresAt: expect.stringMatching(/Z$/) })
  const stored = await deps.database.prisma.oneTimeToken.findMany()
  expect(JSON.stringify(stored)).not.toContain(token)

  expect(await api.post(confirm, { token, password: 'short' })).toMatchObject({ json: { code: 'WEAK_PASSWORD' } })
  expect(await api.post(confirm, { token, password: fresh })).toMatchObject({ status: 204, text: '' })
  expect(await api.post(confirm, { token, password: fresh })).toMatchObject(invalid)

  expect(await api.post('/sso/v1/sessions/refresh', { refreshToken })).toMatchObject({ status: 401 })
  expect(await tryLogIn(api)).toMatchObject({ status: 401 })
  expect(await tryLogIn(api, { given: fresh })).toMatchObject({ status: 201 })
  expect((await deps.users.find(user.id))?.emailVerifiedAt).not.toBeNull()
})

test('nobody learns whether an address is known, and nothing is sent to nobody', async ({ api, deps, events }) => {
  const { email } = await addUser(deps)

  const [known, unknown] = [await api.post(ask, { email }), await api.post(ask, { email: 'nobody@example.com' })]

  expect([unknown.status, unknown.text]).toEqual([known.status, known.text])
  expect(await events.emitted(PasswordResetRequested)).toHaveLength(1)
})

test('a link is too old after its time', async ({ api, deps, clock, events }) => {
  const { email } = await addUser(deps)
  await api.post(ask, { email })
  const [sent] = await events.emitted(PasswordResetRequested)

  clock.advance(1_800_001)

  expect(await api.post(confirm, { token: sent!.data.token, password: fresh })).toMatchObject(invalid)
})

test('a link to an address that the user has no more is refused, and changes nothing', async ({
  api,
  deps,
  events,
}) => {
  const { id, email } = await addUser(deps)
  await api.post(ask, { email })
  const [sent] = await events.emitted(PasswordResetRequested)
  const changed = await deps.users.change(id, { email: 'new@example.com' })

  expect(await api.post(confirm, { token: sent!.data.token, password: fresh })).toMatchObject(invalid)

  expect(await deps.users.find(id)).toEqual(changed)
})

test('a change of address ends the links, also for who changes it back', async ({ api, deps, events }) => {
  const admin = await arrive(api, deps, { email: 'root@example.com', roles: ['admin'] })
  const { id, email } = await addUser(deps)
  await api.post(ask, { email })
  const [sent] = await events.emitted(PasswordResetRequested)

  for (const address of ['new@example.com', email])
    expect(await api.patch(`/sso/v1/users/${id}`, { email: address }, admin.headers)).toMatchObject({ status: 200 })

  expect(await api.post(confirm, { token: sent!.data.token, password: fresh })).toMatchObject(invalid)
})

test('after some links an account gets no more for a while, and the answer is the same', async ({
  api,
  deps,
  events,
}) => {
  const { email } = await addUser(deps)

  for (let time = 0; time < 7; time++) expect(await api.post(ask, { email })).toMatchObject({ status: 202 })

  expect(await events.emitted(PasswordResetRequested)).toHaveLength(5)
})

test('neither token nor passwords get into a log line, the audit log, or another event', async ({
  api,
  deps,
  events,
  logs,
}) => {
  const { email } = await addUser(deps)
  await api.post(ask, { email })
  const [sent] = await events.emitted(PasswordResetRequested)
  await api.post(confirm, { token: sent!.data.token, password: 'weak' })
  await api.post(confirm, { token: sent!.data.token, password: fresh })
  await logIn(api, 'nobody@example.com').catch(() => undefined)

  const audited = JSON.stringify(await deps.audit.list({ limit: 100 }))
  for (const secret of [sent!.data.token, fresh]) {
    expect(logs.text).not.toContain(secret)
    expect(audited).not.toContain(secret)
  }
})
