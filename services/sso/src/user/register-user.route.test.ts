import { UserRegistered } from '@slipway/contracts/sso'
import { expect } from 'vitest'
import { addUser, from } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { ssoTest, test } from '../testing/test.ts'

const path = '/sso/v1/users'
const ann = { email: 'ann@example.com', password: 'violet-kettle-17-orbit', name: 'Ann Lee' }

test('a user is registered, and it is announced', async ({ api, deps, events, clock }) => {
  clock.set(new Date('2026-03-01T10:00:00Z'))

  const answer = await api.post(path, ann)

  expect(answer).toMatchObject({ status: 201 })
  const id = String(answer.json.id)
  expect(answer.json).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
    email: 'ann@example.com',
    name: 'Ann Lee',
    emailVerified: false,
    roles: ['user'],
    createdAt: expect.stringMatching(/^2026-03-01T10:00:/),
  })
  expect(await events.emitted(UserRegistered)).toEqual([
    {
      type: 'sso.user.registered.v1',
      subject: id,
      version: 1,
      data: { userId: id, email: 'ann@example.com', name: 'Ann Lee' },
    },
  ])
  expect((await deps.users.find(id))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=1024,t=1,p=1\$/)
})

test('an address is taken in every spelling', async ({ api, deps, events }) => {
  await addUser(deps, { email: ann.email })

  const answer = await api.post(path, { ...ann, email: '  Ann@EXAMPLE.com ' })

  expect(answer).toMatchObject({ status: 409, json: problem(409, 'EMAIL_TAKEN', path) })
  expect(await events.emitted(UserRegistered)).toEqual([])
})

test.fresh('of two who register one address at the same moment one is refused', async ({ api, deps, events }) => {
  const answers = await Promise.all([api.post(path, ann), api.post(path, { ...ann, email: 'ANN@example.com' })])

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(answers.find(({ status }) => status === 409)?.json).toEqual(problem(409, 'EMAIL_TAKEN', path))
  expect(await deps.database.prisma.user.count()).toBe(1)
  expect(await events.emitted(UserRegistered)).toHaveLength(1)
})

const judged = ssoTest({ PASSWORD_MIN_SCORE: '3' })

judged('weak passwords are refused, with advice', async ({ api, deps }) => {
  const weak = ['short-7', 'x'.repeat(257), 'password', 'P@ssw0rd1', '1234567890', 'ann@example.com', 'AnnLee2024']

  for (const password of weak) {
    const answer = await api.post(path, { ...ann, password })
    const { detail, errors } = answer.json
    expect(answer, password).toMatchObject({
      status: 400,
      json: problem(400, 'WEAK_PASSWORD', path, {
        errors: [{ path: '/body/password', message: detail }],
        suggestions: expect.any(Array),
      }),
    })
    expect(errors).toHaveLength(1)
  }
  expect(await deps.database.prisma.user.count()).toBe(0)
})

judged('a long passphrase and letters of any script are welcome', async ({ api }) => {
  const passwords = [
    'пароль из четырёх случайных слов',
    '正确的马电池订书钉ですよ',
    'q7'.repeat(4) + 'Zr-9_vB'.repeat(35),
  ]

  for (const [index, password] of passwords.entries())
    expect((await api.post(path, { ...ann, email: `a${index}@example.com`, password })).status).toBe(201)
})

test.for<[string, object, string]>([
  ['an unknown field', { ...ann, roles: ['admin'] }, '/body/roles'],
  ['no address', { ...ann, email: 'ann' }, '/body/email'],
  ['an address of another type', { ...ann, email: ['ann@example.com'] }, '/body/email'],
  ['a password that is a number', { ...ann, password: 1234567890 }, '/body/password'],
  ['a name with a NUL', { ...ann, name: 'An\u0000n' }, '/body/name'],
  ['a name with half a character', { ...ann, name: 'An\ud800n' }, '/body/name'],
  ['an empty name', { ...ann, name: '' }, '/body/name'],
])('%s is refused', async ([, body, where], { api }) => {
  const answer = await api.post(path, body)

  expect(answer).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
  expect(answer.json.errors).toContainEqual({ path: where, message: expect.any(String) })
})

test('the password gets into no log line', async ({ api, logs }) => {
  await api.post(path, ann)
  await api.post(path, ann)

  expect(logs.text).toContain('POST /sso/v1/users 409')
  expect(logs.text).not.toContain(ann.password)
  expect(logs.text).not.toContain('$argon2')
})

const three = ssoTest({ REGISTRATIONS_PER_MINUTE: '3' })

three.fresh('so many may register from one address within a minute', async ({ api, clock }) => {
  const register = (name: string, address = '192.0.2.1') =>
    api.post(path, { ...ann, email: `${name}@example.com` }, from(address))

  const burst = await Promise.all(Array.from({ length: 8 }, (_, index) => register(`burst${index}`)))
  expect(burst.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429])

  clock.advance(20_000)
  const refused = await register('late')
  const wait = Number(refused.headers['retry-after'])
  expect(refused).toMatchObject({
    status: 429,
    json: problem(429, 'TOO_MANY_ATTEMPTS', path, { retryAfterSeconds: wait }),
  })
  expect(wait).toBeGreaterThan(30)
  expect(wait).toBeLessThanOrEqual(40)
  expect(await register('elsewhere', '192.0.2.2')).toMatchObject({ status: 201 })

  clock.advance(wait * 1_000)
  expect(await register('late')).toMatchObject({ status: 201 })
})
