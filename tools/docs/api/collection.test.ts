import { bruToJsonV2 } from '@usebruno/lang'
import { expect, test } from 'vitest'
import { collectionFiles } from './collection.ts'
import type { Document } from './documents.ts'

const id = { name: 'orderId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
const key = { name: 'idempotency-key', in: 'header', schema: { type: 'string' } }
const page = { name: 'cursor', in: 'query', schema: { type: 'string' } }
const body = {
  type: 'object',
  required: ['quantity', 'size'],
  properties: { quantity: { type: 'integer', minimum: 3 }, size: { enum: ['s', 'm'] }, note: { type: 'string' } },
}
const document = {
  info: { title: 'shop API', version: '1', description: 'Sells things' },
  paths: {
    '/shop/v1/orders/{orderId}': {
      put: {
        summary: 'Change an order: all of it',
        security: [{ bearer: [] }],
        parameters: [id, key, page],
        requestBody: { content: { 'application/json': { schema: body } } },
      },
    },
    '/shop/internal/v1/orders': { get: {} },
  },
} as unknown as Document
const files = collectionFiles('Acme', new Map([['shop', document]]))

test('each operation is a request that Bruno reads, filled in as far as its schemas say', () => {
  expect([...files.keys()].filter((path) => path.includes('/shop/'))).toEqual([
    'clients/bruno/shop/folder.bru',
    'clients/bruno/shop/v1-orders-orderid-put.bru',
  ])
  expect(bruToJsonV2(files.get('clients/bruno/shop/v1-orders-orderid-put.bru')!)).toMatchObject({
    meta: { name: 'Change an order  all of it', type: 'http' },
    http: { method: 'put', url: '{{baseUrl}}/shop/v1/orders/:orderId', body: 'json', auth: 'inherit' },
    params: [{ name: 'orderId', value: '01980000-0000-7000-8000-000000000000', type: 'path' }],
    headers: [{ name: 'idempotency-key', value: '{{$guid}}' }],
    body: { json: JSON.stringify({ quantity: 3, size: 's' }, undefined, 2) },
  })
})

test('the environment is the one of npm start, and holds no secret', () => {
  const environment = files.get('clients/bruno/environments/local.bru')
  expect(environment).toContain('baseUrl: http://localhost:3000')
  expect(environment).toContain('email: shopper@acme.example')
  expect(environment).toMatch(/vars:secret \[\s*password\s*\]/)
})
