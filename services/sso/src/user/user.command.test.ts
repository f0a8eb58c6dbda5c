import { WrongCommand } from '@slipway/service-kit'
import { expect } from 'vitest'
import type { Deps } from '../deps.ts'
import { UnknownRole } from '../role/roles.ts'
import { addUser } from '../testing/people.ts'
import { test } from '../testing/test.ts'
import { userCommand } from './user.command.ts'
import { LastAdmin, UserNotFound } from './user.ts'

const run = (deps: Deps, line: string) => userCommand(deps)(line.split(' '))

test('who registered is made the first admin, and that is on record', async ({ deps }) => {
  const { id } = await addUser(deps)

  expect(await run(deps, 'roles Ann@example.com admin')).toEqual([
    'ann@example.com  user, admin; counts from their next access token on',
  ])

  expect(await deps.users.find(id)).toMatchObject({ roles: ['user', 'admin'] })
  const [event] = await deps.audit.list({ action: 'user.roles-changed', limit: 1 })
  expect(event).toMatchObject({ actor: null, subject: id, details: { from: ['user'], to: ['user', 'admin'] } })
})

test('roles are taken away again, though not from the last admin', async ({ deps }) => {
  const { id } = await addUser(deps, { roles: ['admin'] })
  await expect(run(deps, 'roles ann@example.com')).rejects.toThrow(LastAdmin)

  await addUser(deps, { email: 'bob@example.com', roles: ['admin'] })
  await run(deps, 'roles ann@example.com')

  expect(await deps.users.find(id)).toMatchObject({ roles: ['user'] })
})

test('somebody unknown, an unknown role and a wrong command are told, and change nothing', async ({ deps }) => {
  const { id } = await addUser(deps)
  await expect(run(deps, 'roles bob@example.com admin')).rejects.toThrow(UserNotFound)
  await expect(run(deps, 'roles ann@example.com king')).rejects.toThrow(UnknownRole)
  for (const line of ['', 'roles', 'grant ann@example.com admin', 'roles ann@example.com --admin'])
    await expect(run(deps, line)).rejects.toThrow(WrongCommand)
  expect(await deps.users.find(id)).toMatchObject({ roles: ['user'] })
})
