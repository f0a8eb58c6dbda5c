import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { arrive, logIn, tryLogIn } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { test } from '../testing/test.ts'

const path = '/sso/v1/sessions/refresh'
const day = 86_400_000
const invalid = { status: 401, json: problem(401, 'INVALID_REFRESH_TOKEN', path) }
const reused = { status: 401, json: problem(401, 'TOKEN_REUSED', path) }

test('a refresh token gives new tokens of the same session', async ({ api, deps }) => {
  const { user, accessToken, refreshToken } = await arrive(api, deps)

  const answer = await api.post(path, { refreshToken })

  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
  expect(answer.json).toEqual({
    accessToken: expect.any(String),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    tokenType: 'Bearer',
    expiresIn: 900,
  })
  expect(answer.json.refreshToken).not.toBe(refreshToken)
  const [before, after] = [decodeJwt(accessToken), decodeJwt(answer.json.accessToken)]
  expect(after).toMatchObject({ sub: user.id, sid: before['sid'] })
  expect(after.jti).not.toBe(before.jti)
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('the next access token has the roles that the user has by then', async ({ api, deps }) => {
  const { user, refreshToken } = await arrive(api, deps)
  await deps.database.prisma.user.update({ where: { id: user.id }, data: { roles: ['user', 'admin'] } })

  const { json } = await api.post(path, { refreshToken })

  expect(decodeJwt(json.accessToken)).toMatchObject({
    roles: ['user', 'admin'],
    scope: expect.stringContaining('users:write'),
  })
})

test.fresh('fifty tabs that refresh at once all get the same successor and stay logged in', async ({ api, deps }) => {
  const { refreshToken, accessToken } = await arrive(api, deps)

  const tabs = await Promise.all(Array.from({ length: 50 }, () => api.post(path, { refreshToken })))

  expect(new Set(tabs.map(({ status }) => status))).toEqual(new Set([200]))
  const successors = new Set(tabs.map(({ json }) => String(json.refreshToken)))
  expect(successors.size).toBe(1)
  const [successor] = successors
  expect(successor).not.toBe(refreshToken)
  const sids = tabs.map(({ json }) => decodeJwt(json.accessToken)['sid'])
  expect(new Set(sids)).toEqual(new Set([decodeJwt(accessToken)['sid']]))
  expect(await api.post(path, { refreshToken: successor })).toMatchObject({ status: 200 })
  expect(await deps.database.prisma.refreshToken.count()).toBe(3)
})

test('who lost the answer asks again within the window and gets it', async ({ api, deps, clock }) => {
  const { refreshToken } = await arrive(api, deps)
  const first = await api.post(path, { refreshToken })

  clock.advance(9_000)
  const second = await api.post(path, { refreshToken })

  expect(second.json.refreshToken).toBe(first.json.refreshToken)
  expect(await api.post(path, { refreshToken: second.json.refreshToken })).toMatchObject({ status: 200 })
})

test('a token used again after the window ends its whole family, and no other', async ({ api, deps, clock }) => {
  const { user, refreshToken } = await arrive(api, deps)
  const other = await logIn(api, user.email)
  const { json } = await api.post(path, { refreshToken })

  clock.advance(11_000)

  expect(await api.post(path, { refreshToken })).toMatchObject(reused)
  expect(await api.post(path, { refreshToken: json.refreshToken })).toMatchObject(reused)
  expect(await api.post(path, { refreshToken })).toMatchObject(reused)
  expect(await api.post(path, { refreshToken: other.refreshToken })).toMatchObject({ status: 200 })
})

test('the window ends as soon as the successor is used', async ({ api, deps }) => {
  const { refreshToken } = await arrive(api, deps)
  const { json: second } = await api.post(path, { refreshToken })
  const { json: third } = await api.post(path, { refreshToken: second.refreshToken })

  expect(await api.post(path, { refreshToken })).toMatchObject(reused)
  expect(await api.post(path, { refreshToken: third.refreshToken })).toMatchObject(reused)
})

test('a session that was ended or deleted gives no tokens', async ({ api, deps }) => {
  const ended = await arrive(api, deps)
  await api.delete('/sso/v1/sessions/current', ended.headers)
  expect(await api.post(path, { refreshToken: ended.refreshToken })).toMatchObject(invalid)

  const gone = await logIn(api)
  await deps.database.prisma.user.deleteMany()
  expect(await api.post(path, { refreshToken: gone.refreshToken })).toMatchObject(invalid)
})

test('use keeps a session alive for 30 days more, for 180 days in all', async ({ api, deps, clock }) => {
  let { refreshToken } = await arrive(api, deps)
  const unused = await logIn(api)
  const refresh = async () => {
    const { status, json } = await api.post(path, { refreshToken })
    if (status === 200) refreshToken = json.refreshToken
    return status
  }

  for (let passed = 29; passed < 180; passed += 29) {
    clock.advance(29 * day)
    expect(await refresh()).toBe(200)
  }
  expect(await api.post(path, { refreshToken: unused.refreshToken })).toMatchObject(invalid)
  clock.advance(7 * day)
  expect(await refresh()).toBe(401)
})

test('what is no token of ours is refused', async ({ api, deps }) => {
  const { accessToken } = await arrive(api, deps)

  expect(await api.post(path, { refreshToken: 'A'.repeat(43) })).toMatchObject(invalid)
  expect(await api.post(path, {})).toMatchObject(invalid)
  expect(await api.post(path)).toMatchObject(invalid)
  for (const refreshToken of [accessToken, '', 7, null])
    expect(await api.post(path, { refreshToken })).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
  expect(await api.post(path, { refreshToken: 'A', more: 1 })).toMatchObject({ status: 400 })
})

test('the database alone gives no refresh token away', async ({ api, deps }) => {
  const { refreshToken } = await arrive(api, deps)
  const { json } = await api.post(path, { refreshToken })

  const rows = await deps.database.prisma.refreshToken.findMany()
  const stored = rows.flatMap(({ hash, successor }) => [hash, successor ?? hash]).map((bytes) => Buffer.from(bytes))

  expect(rows).toHaveLength(2)
  expect(rows.filter(({ successor }) => successor !== null)).toHaveLength(1)
  for (const token of [refreshToken, json.refreshToken as string])
    for (const bytes of stored) {
      expect(bytes.includes(token)).toBe(false)
      expect(bytes.includes(Buffer.from(token, 'base64url'))).toBe(false)
    }
})

const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  /^slipway_refresh=([\w-]*);/.exec(String(answer.headers['set-cookie']))?.[1]

test('the cookie does as well, and is replaced', async ({ api, deps }) => {
  await arrive(api, deps)
  const first = cookieOf(await tryLogIn(api, { cookie: true }))!

  const answer = await api.post(path, undefined, { cookie: `other=1; slipway_refresh=${first}` })

  expect(answer).toMatchObject({ status: 200 })
  expect(answer.json).toEqual({ accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900 })
  expect(cookieOf(answer)).toMatch(/^[\w-]{43}$/)
  expect(cookieOf(answer)).not.toBe(first)
  expect(answer.headers['set-cookie']).toContain('Path=/sso/v1/sessions; HttpOnly; SameSite=Strict')
})

test('a cookie that is of no more use is taken away', async ({ api }) => {
  const answer = await api.post(path, {}, { cookie: `slipway_refresh=${'A'.repeat(43)}` })

  expect(answer).toMatchObject(invalid)
  expect(answer.headers['set-cookie']).toMatch(
    /^slipway_refresh=; .*Path=\/sso\/v1\/sessions.*Expires=Thu, 01 Jan 1970/,
  )
})
