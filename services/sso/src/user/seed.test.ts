import { expect, test } from 'vitest'
import { readSeeds } from './seed.ts'

test('entries are e-mail, password and any number of roles', () => {
  expect(
    readSeeds('Admin@example.com:a-password:admin|support, ann@example.com:another:,bob@example.com:third'),
  ).toEqual([
    { email: 'admin@example.com', password: 'a-password', roles: ['admin', 'support'] },
    { email: 'ann@example.com', password: 'another', roles: [] },
    { email: 'bob@example.com', password: 'third', roles: [] },
  ])
  expect(readSeeds('')).toEqual([])
})

test.each([
  ['no address', 'admin:password:admin', 'entry 1 is not email:password:role|role'],
  ['no password', 'a@example.com:ok,b@example.com', 'entry 2 is not email:password:role|role'],
  ['too many parts', 'a@example.com:pass:word:admin', 'entry 1 is not email:password:role|role'],
  ['an unknown role', 'a@example.com:password:king', 'entry 1 names an unknown role'],
])('%s is told, without the secret', (_, text, message) => {
  expect(() => readSeeds(text)).toThrow(new Error(message))
})
