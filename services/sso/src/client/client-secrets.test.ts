import { expect, test } from 'vitest'
import { readClientSecrets } from './client-secrets.ts'

const long = '0123456789abcdef'

test('a client may come twice while its secret is changed, and a secret may hold a colon', () => {
  expect(readClientSecrets(`cart:${long}, cart:${long}:2,acquiring:${long}`)).toEqual([
    { clientId: 'cart', secret: long },
    { clientId: 'cart', secret: `${long}:2` },
    { clientId: 'acquiring', secret: long },
  ])
  expect(readClientSecrets('')).toEqual([])
})

test.each([
  [`cart:${long},nobody:${long}`, 'entry 2 names an unknown client'],
  [`cart${long}`, 'entry 1 is not id:secret'],
  ['cart:short', 'entry 1 has a secret of less than 16 characters'],
])('%s is refused', (text, message) => {
  expect(() => readClientSecrets(text)).toThrow(new Error(message))
})

test('a third secret of one client is refused', () => {
  const three = [1, 2, 3].map((number) => `cart:${long}${number}`).join()

  expect(() => readClientSecrets(three)).toThrow('entry 3 is one secret too many for cart: 2 count')
})
