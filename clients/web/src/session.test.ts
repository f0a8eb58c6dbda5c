import { expect, test } from 'vitest'
import { createSession } from './session.ts'
import { inMemory } from './tokens.ts'
import { ssoDouble } from './testing/sso-double.ts'

const person = { email: 'jo@example.com', password: 'right' }
const refresh = '/sso/v1/sessions/refresh'

async function loggedIn() {
  const sso = await ssoDouble()
  const session = createSession({ baseUrl: sso.baseUrl })
  await session.logIn(person)
  const put = (body: object) =>
    session.fetch(
      new Request(`${sso.baseUrl}/things`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  return { sso, session, put }
}

test('requests carry the token; wrong credentials are an error with the code', async () => {
  const { sso, put } = await loggedIn()
  expect(await (await put({ a: 1 })).json()).toEqual({ echo: { a: 1 } })
  expect(sso.asked('/things')).toEqual([{ path: '/things', token: 'access-1', body: { a: 1 } }])
  const other = createSession({ baseUrl: sso.baseUrl })
  await expect(other.logIn({ ...person, password: 'wrong' })).rejects.toMatchObject({
    code: 'INVALID_CREDENTIALS',
    status: 401,
  })
  expect(other.isLoggedIn()).toBe(false)
})

test('ten requests under an expired token bring one new one, and each is sent again whole', async () => {
  const { sso, put } = await loggedIn()
  sso.state.valid = 'another'
  const answers = await Promise.all(Array.from({ length: 10 }, (_, number) => put({ number })))
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(
    answers.map((_, number) => ({ echo: { number } })),
  )
  expect(sso.asked(refresh)).toEqual([{ path: refresh, token: undefined, body: { refreshToken: 'refresh-1' } }])
})

test('a session that was ended elsewhere is over, and listeners are told', async () => {
  const { sso, session, put } = await loggedIn()
  const told: boolean[] = []
  const stop = session.subscribe(() => told.push(session.isLoggedIn()))
  Object.assign(sso.state, { valid: 'another', refreshable: 'another' })
  expect((await put({})).status).toBe(401)
  expect(told).toEqual([false])
  stop()
  await session.logIn(person)
  expect(told).toEqual([false])
})

test('an outage ends no session', async () => {
  const { sso, session, put } = await loggedIn()
  Object.assign(sso.state, { valid: 'another', refreshAnswers: 503 })
  expect((await put({})).status).toBe(401)
  expect(session.isLoggedIn()).toBe(true)
  sso.state.refreshAnswers = 200
  expect((await put({})).status).toBe(200)
})

test('a token that is refused anew is not asked for for ever', async () => {
  const { sso, put } = await loggedIn()
  sso.state.refusesAll = true
  expect((await put({})).status).toBe(401)
  expect(sso.asked('/things')).toHaveLength(2)
})

test('with a cookie no script sees the refresh token, and a page that is opened goes on with it', async () => {
  const sso = await ssoDouble()
  const modes: unknown[] = []
  const spying: typeof fetch = (input, init) => {
    modes.push(init?.credentials)
    return fetch(input, init)
  }
  const session = createSession({ baseUrl: sso.baseUrl, cookie: true, store: inMemory(), fetch: spying })
  expect(await session.refresh()).toBe(true)
  expect(sso.asked(refresh)).toEqual([{ path: refresh, token: undefined, body: {} }])
  await session.logIn(person)
  expect(sso.asked('/sso/v1/sessions')[0]?.body).toEqual({ ...person, cookie: true })
  expect(modes).toEqual(['include', 'include'])
})

test('who logs out is logged out, even if nobody hears it', async () => {
  const { sso, session } = await loggedIn()
  await session.logOut()
  expect(sso.asked('/sso/v1/sessions/current')).toMatchObject([{ token: 'access-1' }])
  expect(session.isLoggedIn()).toBe(false)
  const lonely = createSession({ baseUrl: 'http://127.0.0.1:1', store: inMemory({ accessToken: 'kept' }) })
  await expect(lonely.logOut()).rejects.toThrow(TypeError)
  expect(lonely.isLoggedIn()).toBe(false)
})
