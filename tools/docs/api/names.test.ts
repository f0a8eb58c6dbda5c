import { expect, test } from 'vitest'
import type { Document } from './documents.ts'
import { canonical, named, type Json } from './names.ts'

const money = { type: 'object', properties: { amount: { type: 'integer' }, kind: { const: 'money' } } }
const cart = { type: 'object', properties: { total: money, items: { type: 'array', items: money } } }
const document = (schema: Json) =>
  ({
    info: { title: 'shop', version: '1', description: '' },
    components: { schemas: {} },
    paths: { '/shop/v1/cart': { get: { responses: { 200: { content: { 'application/json': { schema } } } } } } },
  }) as unknown as Document
const names = new Map([
  [canonical(cart), 'Cart'],
  [canonical(money), 'Money'],
])
const answered = ({ paths }: Document) =>
  (paths as never as Record<string, { get: { responses: Record<number, { content: Record<string, unknown> }> } }>)[
    '/shop/v1/cart'
  ]!.get.responses[200]!.content['application/json']

test('schemas get the names of their contracts, those inside of others too', () => {
  const money = { $ref: '#/components/schemas/Money' }
  const { components, ...rest } = named(document(cart), names)
  expect(answered({ components, ...rest })).toEqual({ schema: { $ref: '#/components/schemas/Cart' } })
  expect(components.schemas).toEqual({
    Cart: { type: 'object', properties: { total: money, items: { type: 'array', items: money } } },
    Money: { type: 'object', properties: { amount: { type: 'integer' }, kind: { const: 'money' } } },
  })
})

test('neither the order of fields nor how a constant is written makes another schema', () => {
  const same = { properties: { kind: { enum: ['money'] }, amount: { type: 'integer' } }, type: 'object' }
  expect(answered(named(document(same), names))).toEqual({ schema: { $ref: '#/components/schemas/Money' } })
})

test('what no contract names stays where it is', () => {
  const other = { type: 'object', properties: { amount: { type: 'number' } } }
  const fresh = named(document(other), names)
  expect([answered(fresh), fresh.components.schemas]).toEqual([{ schema: other }, {}])
})
