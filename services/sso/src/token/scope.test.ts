import { expect, test } from 'vitest'
import { InvalidScope } from './oauth-errors.ts'
import { narrowScope } from './scope.ts'

test.each([
  ['a:read b:write', undefined, 'a:read b:write'],
  ['a:read b:write', 'b:write', 'b:write'],
  ['a:read b:write', ' b:write  a:read b:write', 'b:write a:read'],
  ['a:read', '', ''],
  ['', undefined, ''],
])('of %j asked for %j is %j', (allowed, requested, scope) => {
  expect(narrowScope(allowed, requested)).toBe(scope)
})

test.each(['c:read', 'a:read c:read', 'a'])('%s is more than is allowed', (requested) => {
  expect(() => narrowScope('a:read b:write', requested)).toThrow(InvalidScope)
})
