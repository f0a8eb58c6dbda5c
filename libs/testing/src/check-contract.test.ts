import type { Contract } from '@slipway/s2s'
import { user, type RouteInfo } from '@slipway/service-kit'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { checkContract } from './check-contract.ts'
import { test as service } from './testing/test.ts'

const Item = Type.Object({ id: Type.String() })
const Made = Type.Object({ id: Type.String(), made: Type.String() })
const contract = {
  add: { method: 'POST', path: '/v1/items', body: Item, responses: { 201: Made, 409: Item } },
  remove: { method: 'DELETE', path: '/v1/items/:id', responses: { 204: Type.Undefined() } },
} as const satisfies Contract

const route = (method: string, url: string, schema: RouteInfo['schema']): RouteInfo => ({
  method,
  url,
  schema,
  access: user(),
  bodyLimit: undefined,
})
const add = route('POST', '/shop/v1/items', { body: Item, response: { 201: Made } })
const remove = route('DELETE', '/shop/v1/items/:id', { response: { 204: Type.Null() } })

test('a service that has the routes of its contract keeps it', () => {
  checkContract([add, remove, route('GET', '/shop/v1/items', {})], '/shop', contract)
})

test.each([
  ['no such route', [remove], 'add: POST /v1/items is no route'],
  ['another method', [{ ...add, method: 'PUT' }, remove], 'add: POST /v1/items is no route'],
  ['another body', [{ ...add, schema: { ...add.schema, body: Made } }, remove], 'takes another body'],
  ['another status', [{ ...add, schema: { body: Item, response: { 200: Made } } }, remove], 'does not answer 201'],
  [
    'one more status',
    [{ ...add, schema: { body: Item, response: { 200: Made, 201: Made } } }, remove],
    'answers 200 too',
  ],
  [
    'another answer',
    [{ ...add, schema: { body: Item, response: { 201: Item } } }, remove],
    'answers 201 with another body',
  ],
])('one that does not is found: %s', (_, routes, message) => {
  expect(() => checkContract(routes, '/shop', contract)).toThrow(message)
})

service('the routes are those of the service', ({ api }) => {
  expect(() => checkContract(api.routes, '/kiosk', contract)).toThrow('add: POST /v1/items is no route')
  expect(api.routes.map(({ method, url }) => `${method} ${url}`)).toContain('POST /kiosk/v1/orders')
})
