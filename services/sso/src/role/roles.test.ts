import { expect, test } from 'vitest'
import { allPermissions, isRole, permissionsOf } from './roles.ts'

test('every permission is named once, as what:verb, and goes to roles that exist', () => {
  const names = allPermissions().map(([name]) => name)

  expect(new Set(names).size).toBe(names.length)
  for (const [name, roles] of allPermissions()) {
    expect(name).toMatch(/^[a-z-]+:[a-z-]+$/)
    expect(roles.filter((role) => !isRole(role))).toEqual([])
  }
})

test('an admin may do everything, support may read, a plain user has no permissions', () => {
  const names = allPermissions().map(([name]) => name)

  expect(permissionsOf(['admin'])).toEqual([...names].sort())
  expect(permissionsOf(['support'])).toEqual(names.filter((name) => name.endsWith(':read')).sort())
  expect(permissionsOf(['user'])).toEqual([])
})

test('roles add up, and a role that no longer exists brings nothing', () => {
  expect(permissionsOf(['user', 'support', 'admin'])).toEqual(permissionsOf(['admin']))
  expect(permissionsOf(['gone', 'toString'])).toEqual([])
})
