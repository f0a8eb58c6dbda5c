import { expect, test } from 'vitest'
import { renderPath } from './path.ts'

test('values are encoded', () => {
  expect(renderPath('/cart', '/v1/carts/:id/items/:item', { id: 'a/../b?c#d', item: 7 })).toBe(
    '/cart/v1/carts/a%2F..%2Fb%3Fc%23d/items/7',
  )
})

test('a query leaves out what is undefined and repeats lists', () => {
  expect(renderPath('', '/v1/items', {}, { a: 'x y&z', b: undefined, c: ['1', '2'], d: true })).toBe(
    '/v1/items?a=x+y%26z&c=1&c=2&d=true',
  )
})

test.each(['.', '..', '', undefined])('%j is no value for a path', (id) => {
  expect(() => renderPath('', '/v1/carts/:id', id === undefined ? {} : { id })).toThrow(TypeError)
})

test.each(['http://evil.example/', '//evil.example/', 'v1/items', '/v1?x=1', '/v1#x', '/\\evil.example', '/v1 items'])(
  '%s is no template',
  (template) => {
    expect(() => renderPath('/cart', template)).toThrow(TypeError)
  },
)
