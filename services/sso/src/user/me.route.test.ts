import { expect } from 'vitest'
import { arrive } from '../testing/people.ts'
import { problem } from '../testing/problem.ts'
import { test } from '../testing/test.ts'
import { viewOf } from './user.ts'

const path = '/sso/v1/me'

test('a user sees their own profile', async ({ api, deps }) => {
  const { user, headers } = await arrive(api, deps, { roles: ['support'] })

  expect(await api.get(path, headers)).toMatchObject({ status: 200, json: viewOf(user) })
})

test('a user changes their name, and takes it back', async ({ api, deps }) => {
  const { user, headers } = await arrive(api, deps)

  expect(await api.patch(path, { name: 'Ann' }, headers)).toMatchObject({
    status: 200,
    json: { ...viewOf(user), name: 'Ann' },
  })
  expect(await api.patch(path, {}, headers)).toMatchObject({ status: 200, json: { ...viewOf(user), name: 'Ann' } })
  expect(await api.patch(path, { name: null }, headers)).toMatchObject({ status: 200, json: viewOf(user) })
  expect((await deps.users.find(user.id))?.version).toBe(3)
})

test('nothing else can be changed here', async ({ api, deps }) => {
  const { user, headers } = await arrive(api, deps)

  for (const body of [{ roles: ['admin'] }, { email: 'b@example.com' }, { id: user.id }])
    expect(await api.patch(path, body, headers)).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED' } })
  expect(await api.get(path, headers)).toMatchObject({ json: viewOf(user) })
})

test('a user who is gone is not found', async ({ api, deps }) => {
  const { headers } = await arrive(api, deps)
  await deps.database.prisma.user.deleteMany()

  const notFound = { status: 404, json: problem(404, 'USER_NOT_FOUND', path) }
  expect(await api.get(path, headers)).toMatchObject(notFound)
  expect(await api.patch(path, { name: 'Ann' }, headers)).toMatchObject(notFound)
})
