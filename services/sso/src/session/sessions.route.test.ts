import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { addUser, arrive, from, logIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { test } from '../testing/test.ts'
import { Prune } from './prune.job.ts'

const path = '/sso/v1/sessions'
const refresh = `${path}/refresh`
const sessionOf = (token: string) => String(decodeJwt(token)['sid'])

test('a user sees where they are logged in, page by page, and nobody else’s', async ({ api, deps }) => {
  const phone = { ...from('192.0.2.7'), 'user-agent': 'Phone/1' }
  const user = await addUser(deps)
  const first = await logIn(api, user.email, phone)
  const second = await logIn(api, user.email)
  await arrive(api, deps, { email: 'bob@example.com' })

  const page = await api.get(`${path}?limit=1`, second.headers)
  const id = sessionOf(first.accessToken)
  expect(page).toMatchObject({ status: 200 })
  expect(page.json).toEqual({
    items: [
      {
        id,
        current: false,
        device: 'Phone/1',
        address: '192.0.2.7',
        createdAt: expect.stringMatching(/Z$/),
        lastUsedAt: page.json.items[0].createdAt,
        expiresAt: new Date(Date.parse(page.json.items[0].createdAt) + 30 * 86_400_000).toISOString(),
      },
    ],
    nextCursor: id,
  })
  const next = await api.get(`${path}?limit=1&cursor=${id}`, second.headers)
  expect(next.json).toMatchObject({ items: [{ id: sessionOf(second.accessToken), current: true }], nextCursor: null })
  expect(next.json.items).toHaveLength(1)
  expect(await api.get(`${path}?cursor=x`, second.headers)).toMatchObject({ status: 400 })
})

test('last use moves with each refresh', async ({ api, deps, clock }) => {
  const { headers, refreshToken } = await arrive(api, deps)
  const before = (await api.get(path, headers)).json.items[0]

  clock.advance(60_000)
  await api.post(refresh, { refreshToken })

  const after = (await api.get(path, headers)).json.items[0]
  expect(Date.parse(after.lastUsedAt) - Date.parse(before.lastUsedAt)).toBeGreaterThanOrEqual(60_000)
  expect(after.createdAt).toBe(before.createdAt)
})

test('logging out ends this session and takes the cookie away', async ({ api, deps }) => {
  const { user, headers, refreshToken } = await arrive(api, deps)
  const other = await logIn(api, user.email)

  const answer = await api.delete(`${path}/current`, headers)

  expect(answer).toMatchObject({ status: 204, text: '' })
  expect(answer.headers['set-cookie']).toMatch(/^slipway_refresh=; .*Expires=Thu, 01 Jan 1970/)
  expect(await api.delete(`${path}/current`, headers)).toMatchObject({ status: 204 })
  expect(await api.post(refresh, { refreshToken })).toMatchObject({ status: 401 })
  expect((await api.get(path, other.headers)).json.items).toHaveLength(1)
  expect(await api.post(refresh, { refreshToken: other.refreshToken })).toMatchObject({ status: 200 })
})

test('another device can be logged out, once', async ({ api, deps }) => {
  const { user, headers } = await arrive(api, deps)
  const other = await logIn(api, user.email)
  const url = `${path}/${sessionOf(other.accessToken)}`

  expect(await api.delete(url, headers)).toMatchObject({ status: 204, text: '' })

  expect(await api.post(refresh, { refreshToken: other.refreshToken })).toMatchObject({ status: 401 })
  expect(await api.delete(url, headers)).toMatchObject({ status: 404, json: problem(404, 'SESSION_NOT_FOUND', url) })
})

test('somebody else’s session is not found, and goes on', async ({ api, deps }) => {
  const ann = await arrive(api, deps)
  const bob = await arrive(api, deps, { email: 'bob@example.com' })
  const url = `${path}/${sessionOf(bob.accessToken)}`

  expect(await api.delete(url, ann.headers)).toMatchObject({
    status: 404,
    json: problem(404, 'SESSION_NOT_FOUND', url),
  })
  expect(await api.post(refresh, { refreshToken: bob.refreshToken })).toMatchObject({ status: 200 })
})

test('logging out everywhere ends all of one’s sessions', async ({ api, deps }) => {
  const ann = await arrive(api, deps)
  const elsewhere = await logIn(api, ann.user.email)
  const bob = await arrive(api, deps, { email: 'bob@example.com' })

  expect(await api.delete(path, ann.headers)).toMatchObject({ status: 204, text: '' })

  for (const { refreshToken } of [ann, elsewhere])
    expect(await api.post(refresh, { refreshToken })).toMatchObject({ status: 401 })
  expect((await api.get(path, ann.headers)).json.items).toEqual([])
  expect(await api.post(refresh, { refreshToken: bob.refreshToken })).toMatchObject({ status: 200 })
})

test('what has been over for a month is deleted, what goes on is kept', async ({ api, deps, clock }) => {
  const { headers, user } = await arrive(api, deps)
  await api.delete(`${path}/current`, headers)
  await deps.attempts.add(['login:address:192.0.2.1'], clock.now(), clock.now())
  const run = () => new Prune(deps).run({ signal: new AbortController().signal })

  clock.advance(29 * 86_400_000)
  const kept = await logIn(api, user.email)
  await run()
  expect(await deps.database.prisma.session.count()).toBe(2)
  expect(await deps.database.prisma.attempt.count()).toBe(1)

  clock.advance(2 * 86_400_000)
  await run()
  expect(await deps.database.prisma.session.findMany({ select: { id: true } })).toEqual([
    { id: sessionOf(kept.accessToken) },
  ])
  expect(await deps.database.prisma.attempt.count()).toBe(0)
})
