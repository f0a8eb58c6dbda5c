import { expect, test } from 'vitest'
import { checkReturnUrl } from './return-url.ts'

test.each([
  'https://shop.test/done?x=1',
  'http://localhost:5173/',
  'http://[::1]:3000/',
  'https://xn--bcher-kva.test/',
])('%s is allowed', (address) => expect(checkReturnUrl(address)).toBe(address))

test.each([
  'javascript:alert(1)',
  'data:text/html,hi',
  'ftp://shop.test/',
  'https://bank@shop.test/',
  'https://shop.test;script-src/',
  'nonsense',
])('%s is refused', (address) => expect(() => checkReturnUrl(address)).toThrow('must be an http or https address'))
