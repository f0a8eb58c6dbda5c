import { expect, test } from 'vitest'
import type { Document } from './documents.ts'
import { forPages } from './web-client.ts'

test('a page’s client has no route of services, of providers and of those who run the platform', () => {
  const paths = {
    '/cart/v1/cart': { get: { tags: ['cart'] } },
    '/cart/internal/v1/carts/{cartId}/checkout': { post: { tags: ['checkout'] } },
    '/cart/webhooks/{provider}': { post: {} },
    '/cart/debug/info': { get: { tags: ['platform'] } },
  }
  expect(Object.keys(forPages({ paths } as unknown as Document).paths)).toEqual(['/cart/v1/cart'])
})
