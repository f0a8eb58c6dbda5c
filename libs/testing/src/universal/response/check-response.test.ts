import type { RouteInfo } from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { checkResponse } from './check-response.ts'

const Product = Type.Object({ id: Type.String({ format: 'uuid' }), price: Type.Integer({ minimum: 1 }) })
const route: RouteInfo = {
  method: 'GET',
  url: '/shop/v1/products/:id',
  access: undefined,
  bodyLimit: undefined,
  schema: {
    response: { 200: Product, 204: Type.Null(), 409: Type.Object({ error: Type.String() }) },
  },
}
const answer = (status: number, json: unknown, type = 'application/json') => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8` },
  text: json === undefined ? '' : JSON.stringify(json),
  json: json as never,
})
const problem = {
  type: 'urn:problem:out-of-stock',
  title: 'Not Found',
  status: 404,
  code: 'OUT_OF_STOCK',
  detail: 'None is left',
  instance: '/shop/v1/products/1',
  traceId: '0af7651916cd43dd8448eb211c80319c',
}
const product = { id: '01980000-0000-7000-9000-000000000001', price: 5 }
const problemType = 'application/problem+json'

test('answers that keep the promise pass', () => {
  checkResponse(route, answer(200, product))
  checkResponse(route, { ...answer(204, undefined), headers: {} })
  checkResponse(route, answer(409, { error: 'taken' }))
  checkResponse(route, answer(404, problem, problemType))
  checkResponse({ ...route, method: 'HEAD' }, answer(200, undefined))
  checkResponse({ ...route, schema: { hide: true } }, { ...answer(500, undefined, 'text/html'), text: '<html>' })
})

test.each<[string, ReturnType<typeof answer>]>([
  ['200 and that does not fit:\n  /price must be >= 1', answer(200, { ...product, price: 0 })],
  ['/id must match format "uuid"', answer(200, { ...product, id: 'one' })],
  ['must have required property', answer(200, { id: product.id })],
  ['status 202 is not declared', answer(202, {})],
  ['status 302 is not declared', answer(302, undefined)],
  ['content type text/html instead of JSON', answer(200, product, 'text/html')],
  ['a body where none is declared', answer(204, { left: 'over' })],
  ['must have required property', answer(409, problem, problemType)],
  ['content type application/json', answer(404, problem)],
  ['status in the body is 404', answer(400, problem, problemType)],
  ['title is Not Found', answer(400, { ...problem, status: 400 }, problemType)],
  ['traceId is missing', answer(404, { ...problem, traceId: '' }, problemType)],
  ['code is out of stock', answer(404, { ...problem, code: 'out of stock' }, problemType)],
  ['type is about:blank', answer(404, { ...problem, type: 'about:blank' }, problemType)],
  ['errors[] does not say', answer(404, { ...problem, code: 'VALIDATION_FAILED' }, problemType)],
  ['the body is no JSON object', answer(404, 'gone', problemType)],
])('%s', (wrong, given) => {
  expect(() => checkResponse(route, given)).toThrow(wrong)
})

test('HEAD has no body', () => {
  expect(() => checkResponse({ ...route, method: 'HEAD' }, answer(200, product))).toThrow(
    'HEAD is answered with a body',
  )
})
