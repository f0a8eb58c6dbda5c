import type { RouteInfo } from '@slipway/service-kit'
import { expect, test } from 'vitest'
import { findRoute } from './find-route.ts'

const route = (method: string, url: string): RouteInfo => ({
  method,
  url,
  access: undefined,
  schema: {},
  bodyLimit: undefined,
})
const routes = [
  route('GET', '/shop/v1/pages/:id'),
  route('GET', '/shop/v1/pages/current'),
  route('POST', '/shop/v1/pages/:id/pay'),
  route('GET', '/shop/docs/*'),
  route('GET', '/shop/docs/openapi.json'),
]

test.each([
  ['GET', '/shop/v1/pages/1', '/shop/v1/pages/:id'],
  ['GET', '/shop/v1/pages/1?limit=2', '/shop/v1/pages/:id'],
  ['GET', '/shop/v1/pages/current', '/shop/v1/pages/current'],
  ['POST', '/shop/v1/pages/a%2Fb/pay', '/shop/v1/pages/:id/pay'],
  ['GET', '/shop/docs/static/index.css', '/shop/docs/*'],
  ['GET', '/shop/docs/openapi.json', '/shop/docs/openapi.json'],
  ['POST', '/shop/v1/pages/1', undefined],
  ['GET', '/shop/v1/pages/1/pay', undefined],
])('%s %s is answered by %s', (method, url, expected) => {
  expect(findRoute(routes, method, url)?.url).toBe(expected)
})
