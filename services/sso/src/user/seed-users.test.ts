import { expect } from 'vitest'
import { tryLogIn } from '../testing/people.ts'
import { ssoTest } from '../testing/test.ts'
import { seedUsers } from './seed-users.ts'

const test = ssoTest({ SEED_USERS: 'admin@slipway.example:easy:admin,ann@slipway.example:also-easy' })

test('the users of the setting are there from the start, and announced', async ({ api, deps, events }) => {
  const users = await deps.database.prisma.user.findMany({ orderBy: { email: 'asc' } })

  expect(users).toMatchObject([
    { email: 'admin@slipway.example', roles: ['user', 'admin'] },
    { email: 'ann@slipway.example', roles: ['user'] },
  ])
  expect(await tryLogIn(api, { email: 'admin@slipway.example', given: 'easy' })).toMatchObject({ status: 201 })
  expect((await events.emitted()).map(({ type, subject }) => [type, subject])).toEqual(
    users.map(({ id }) => ['sso.user.registered.v1', id]),
  )
})

test('a second start changes nothing', async ({ api, deps, events }) => {
  await deps.database.prisma.user.update({ where: { email: 'ann@slipway.example' }, data: { name: 'Ann' } })
  const before = await deps.database.prisma.user.findMany()

  await seedUsers(deps)

  expect(await deps.database.prisma.user.findMany()).toEqual(before)
  expect(await events.emitted()).toHaveLength(2)
  expect(await tryLogIn(api, { email: 'ann@slipway.example', given: 'also-easy' })).toMatchObject({ status: 201 })
})

test.fresh('replicas that start at once seed each user once', async ({ deps, events }) => {
  await deps.database.prisma.user.deleteMany()

  await Promise.all(Array.from({ length: 4 }, () => seedUsers(deps)))

  expect(await deps.database.prisma.user.count()).toBe(2)
  expect(await events.emitted()).toHaveLength(4) // two of the start itself
})
