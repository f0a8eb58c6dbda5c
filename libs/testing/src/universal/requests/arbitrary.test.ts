import fc from 'fast-check'
import { Type, type TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { arbitraryOf, valueFor } from './arbitrary.ts'
import { mutationsOf } from './mutations.ts'
import { misfits } from './validator.ts'

const schemas: [string, TSchema][] = [
  ['an id', Type.String({ format: 'uuid' })],
  ['a time', Type.String({ format: 'date-time' })],
  ['an address', Type.String({ format: 'email', maxLength: 254 })],
  ['a link', Type.String({ format: 'uri' })],
  ['a currency', Type.String({ pattern: '^[A-Z]{3}$' })],
  ['a title', Type.String({ maxLength: 20, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]+$' })],
  ['a short text', Type.String({ minLength: 3, maxLength: 5 })],
  ['a bounded integer', Type.Integer({ minimum: 1, maximum: 3 })],
  ['a multiple', Type.Integer({ minimum: 7, maximum: 50, multipleOf: 5 })],
  ['an open interval', Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 10 })],
  ['a choice', Type.Enum(['open', 'paid'])],
  ['a union', Type.Union([Type.Null(), Type.Literal(5), Type.Object({ deep: Type.Boolean() })])],
  ['a list', Type.Array(Type.Integer(), { minItems: 2, maxItems: 4 })],
  ['a map', Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.Boolean())],
  ['an object', Type.Object({ a: Type.String(), b: Type.Optional(Type.Array(Type.Object({ c: Type.Null() }))) })],
  ['a sum of objects', Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Integer() })])],
]

test.each(schemas)('values made from %s fit it', (_, schema) => {
  fc.assert(fc.property(fc.integer(), (seed) => misfits(schema, valueFor(schema as object, seed)).length === 0))
})

test('a seed makes the same value again, another one another', () => {
  const schema = Type.Object({ id: Type.String({ format: 'uuid' }), amount: Type.Integer() })
  expect(valueFor(schema, 1)).toEqual(valueFor(schema, 1))
  expect(valueFor(schema, 1)).not.toEqual(valueFor(schema, 2))
})

test('a schema that nothing fits says so instead of searching for ever', () => {
  expect(() => valueFor({ type: 'string', pattern: '^(?=a)b$' }, 1)).toThrow('No value was found that fits')
  expect(() => arbitraryOf({ type: 'string', format: 'isbn' })).toThrow('the format isbn')
})

test('mutations reach every place, and most of them do not fit', () => {
  const schema = Type.Object({
    price: Type.Object({ amount: Type.Integer({ maximum: 9 }) }),
    tags: Type.Array(Type.String()),
  })
  const mutations = mutationsOf(schema, { price: { amount: 1 }, tags: ['new'] })
  const names = mutations.map(({ what }) => what)
  for (const place of ['/', '/price', '/price/amount', '/tags', '/tags/0']) expect(names).toContain(`null at ${place}`)
  expect(names).toEqual(expect.arrayContaining(['one above the most at /price/amount', 'without /price/amount']))
  expect(mutations.find(({ what }) => what === 'an extra field isAdmin at /price')).toEqual({
    what: 'an extra field isAdmin at /price',
    value: { price: { amount: 1, isAdmin: 'x' }, tags: ['new'] },
    extraField: true,
  })
  const fitting = mutations.filter(({ value, extraField }) => !extraField && misfits(schema, value).length === 0)
  expect(fitting.length).toBeLessThan(mutations.length / 2)
})
