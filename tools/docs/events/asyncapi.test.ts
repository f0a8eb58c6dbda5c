import { createRequire } from 'node:module'
import addFormats from 'ajv-formats'
import { Ajv } from 'ajv'
import { beforeAll, expect, test } from 'vitest'
import { asyncApi } from './asyncapi.ts'
import { readCatalog } from './catalog.ts'

const specification = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object

let document: ReturnType<typeof asyncApi>
beforeAll(async () => {
  document = asyncApi(await readCatalog())
})

function checker(schema: object) {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return (value: unknown) => (validate(value) ? [] : validate.errors)
}

const references = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
      )

const resolve = (root: object, reference: string) =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], root)

test('it is an AsyncAPI 3 document by the published schema', () => {
  const check = checker(specification)
  expect(check(document)).toEqual([])
  expect(check({ ...document, info: { title: 'no version' } })).not.toEqual([])
  const { 'emit.cart.cart.paid.v1': emit, ...others } = document.operations
  expect(check({ ...document, operations: { ...others, emit: { ...emit, action: 'publish' } } })).not.toEqual([])
})

test('every reference leads somewhere', () => {
  const all = new Set(references(document))
  expect(all.size).toBeGreaterThan(50)
  expect([...all].filter((reference) => resolve(document, reference) === undefined)).toEqual([])
})

test('an event as it travels fits the payload of its message', () => {
  const { payload } = document.components.messages['cart.cart.paid.v1']!
  const check = checker({ ...payload, components: document.components })
  const id = '0196a3b0-0000-7000-8000-000000000001'
  const event = {
    specversion: '1.0',
    id,
    type: 'cart.cart.paid.v1',
    source: 'cart',
    subject: id,
    time: '2030-01-02T03:04:05.678Z',
    datacontenttype: 'application/json',
    aggregateversion: 3,
    data: { cartId: id, userId: id, paymentId: id, total: { amount: 1, currency: 'USD' } },
  }
  expect(check(event)).toEqual([])
  expect(check({ ...event, type: 'cart.cart.released.v1' })).not.toEqual([])
  expect(check({ ...event, data: {} })).not.toEqual([])
  expect(check({ ...event, id: undefined })).not.toEqual([])
})

test('each job receives from its queue what it listens to', () => {
  expect(document.channels['cart.mark-cart-paid']).toMatchObject({
    address: 'cart.mark-cart-paid',
    bindings: { amqp: { is: 'queue', queue: { name: 'cart.mark-cart-paid' } } },
  })
  expect(document.operations['run.cart.mark-cart-paid']).toMatchObject({
    action: 'receive',
    channel: { $ref: '#/channels/cart.mark-cart-paid' },
    messages: [{ $ref: '#/channels/cart.mark-cart-paid/messages/acquiring.payment.captured.v1' }],
  })
})
