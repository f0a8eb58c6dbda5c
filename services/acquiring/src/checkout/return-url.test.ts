import { expect, test } from 'vitest'
import { ReturnUrlNotAllowed } from './errors.ts'
import { mustBeAllowed } from './return-url.ts'

const origins = ['https://shop.example', 'http://localhost:*']

test.each(['https://shop.example/thanks', 'http://localhost/', 'http://localhost:5173/done?cart=1'])(
  'back to %s',
  (returnUrl) => expect(() => mustBeAllowed(returnUrl, origins)).not.toThrow(),
)

test.each([
  'https://localhost:5173/',
  'http://localhost.evil.example:5173/',
  'http://user@localhost:5173/',
  'http://shop.example/',
  'https://shop.example:8443/',
])('not back to %s', (returnUrl) => expect(() => mustBeAllowed(returnUrl, origins)).toThrow(ReturnUrlNotAllowed))
