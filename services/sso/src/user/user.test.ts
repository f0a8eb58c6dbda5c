import { expect, test } from 'vitest'
import { normalizeEmail, registerUser, userRegistered, viewOf } from './user.ts'

const now = new Date('2026-01-01T00:00:00Z')
const id = '01890000-0000-7000-8000-000000000001'

test('an address has one spelling', () => {
  expect(normalizeEmail(' Ann.Lee@Example.COM ')).toBe('ann.lee@example.com')
})

test('a new user has the role that everybody has, and each role once', () => {
  const user = registerUser({ id, email: 'Ann@Example.com', passwordHash: 'h', roles: ['admin', 'user'], now })

  expect(user).toEqual({
    id,
    email: 'ann@example.com',
    name: null,
    passwordHash: 'h',
    roles: ['user', 'admin'],
    emailVerifiedAt: null,
    passwordChangedAt: null,
    version: 1,
    createdAt: now,
  })
})

test('neither the view nor the event carries the password hash', () => {
  const user = registerUser({ id, email: 'ann@example.com', name: 'Ann', passwordHash: 'h', now })

  expect(viewOf(user)).toEqual({
    id,
    email: 'ann@example.com',
    name: 'Ann',
    emailVerified: false,
    roles: ['user'],
    createdAt: '2026-01-01T00:00:00.000Z',
  })
  expect(userRegistered(user)).toMatchObject({
    subject: id,
    version: 1,
    data: { userId: id, email: 'ann@example.com', name: 'Ann' },
  })
  expect(Object.keys(userRegistered(user).data)).toEqual(['userId', 'email', 'name'])
})
