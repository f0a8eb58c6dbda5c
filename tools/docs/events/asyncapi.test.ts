import { createRequire } from 'node:module'
import addFormats from 'ajv-formats'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { Type } from 'typebox'
import { asyncApi } from './asyncapi.ts'
import { readCatalog } from './catalog.ts'

const specification = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object

const PaidV1 = { type: 'shop.order.paid.v1', data: Type.Object({ orderId: Type.String({ format: 'uuid' }) }) }
const Paid = {
  type: 'shop.order.paid.v2',
  data: Type.Object({ orderId: Type.String(), tip: Type.Union([Type.Integer(), Type.Null()]) }),
  earlier: { on: PaidV1, upcast: () => ({}) },
}
const document = asyncApi({
  events: [PaidV1, Paid],
  jobs: [{ service: 'mail-room', name: 'send-bill', types: [Paid.type, PaidV1.type] }],
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

test('it is an AsyncAPI 3 document by the published schema, that of this repository too', async () => {
  const check = checker(specification)
  expect(check(document)).toEqual([])
  expect(check(asyncApi(await readCatalog()))).toEqual([])
  expect(check({ ...document, info: { title: 'no version' } })).not.toEqual([])
  const { 'emit.shop.order.paid.v2': emit, ...others } = document.operations
  expect(check({ ...document, operations: { ...others, emit: { ...emit, action: 'publish' } } })).not.toEqual([])
})

test('every reference leads somewhere', async () => {
  const lost = (whole: object) => references(whole).filter((reference) => resolve(whole, reference) === undefined)
  expect(references(document)).toContain('#/components/messages/shop.order.paid.v1')
  expect(lost(document)).toEqual([])
  expect(lost(asyncApi(await readCatalog()))).toEqual([])
})

test('an event as it travels fits the payload of its message', () => {
  const { payload } = document.components.messages['shop.order.paid.v2']!
  const check = checker({ ...payload, components: document.components })
  const id = '0196a3b0-0000-7000-8000-000000000001'
  const event = {
    specversion: '1.0',
    id,
    type: 'shop.order.paid.v2',
    source: 'shop',
    subject: id,
    time: '2030-01-02T03:04:05.678Z',
    datacontenttype: 'application/json',
    aggregateversion: 3,
    data: { orderId: id, tip: null },
  }
  expect(check(event)).toEqual([])
  expect(check({ ...event, type: 'shop.order.paid.v1' })).not.toEqual([])
  expect(check({ ...event, data: {} })).not.toEqual([])
  expect(check({ ...event, id: undefined })).not.toEqual([])
})

test('each job receives from its queue what it listens to', () => {
  expect(document.channels['mail-room.send-bill']).toMatchObject({
    address: 'mail-room.send-bill',
    bindings: { amqp: { is: 'queue', queue: { name: 'mail-room.send-bill' } } },
  })
  expect(document.operations['run.mail-room.send-bill']).toMatchObject({
    action: 'receive',
    channel: { $ref: '#/channels/mail-room.send-bill' },
    messages: [
      { $ref: '#/channels/mail-room.send-bill/messages/shop.order.paid.v2' },
      { $ref: '#/channels/mail-room.send-bill/messages/shop.order.paid.v1' },
    ],
  })
})
