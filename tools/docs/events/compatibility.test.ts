import { Type, type TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { breaks, type Schema } from './compatibility.ts'

const compare = (before: TSchema, after: TSchema) => breaks(before as Schema, after as unknown as Schema)
const Id = Type.String({ format: 'uuid' })
const Money = Type.Object({ amount: Type.Integer(), currency: Type.String({ pattern: '^[A-Z]{3}$' }) })
const fields = {
  id: Id,
  note: Type.Optional(Type.String()),
  status: Type.Enum(['open', 'paid']),
  total: Money,
  lines: Type.Array(Type.Object({ title: Type.String() })),
  refund: Type.Union([Money, Type.Null()]),
}
const before = Type.Object(fields)

test('the same schema breaks nothing, and neither do words about it', () => {
  expect(compare(before, Type.Object({ ...fields }))).toEqual([])
  const described = { ...fields, id: Type.String({ format: 'uuid', description: 'of the order', title: 'Id' }) }
  expect(compare(before, Type.Object(described, { description: 'an order' }))).toEqual([])
  const refund = Type.Union([Type.Object({ ...Money.properties }, { description: 'given back' }), Type.Null()])
  expect(compare(before, Type.Object({ ...fields, refund }))).toEqual([])
})

test('a new optional field breaks nothing, at any depth, whether unknown ones were refused or not', () => {
  const more = { ...fields, gift: Type.Optional(Type.Boolean()) }
  expect(compare(before, Type.Object(more))).toEqual([])
  expect(compare(Type.Object(fields, { additionalProperties: false }), Type.Object(more))).toEqual([])
  const total = Type.Object({ ...Money.properties, rate: Type.Optional(Type.Integer()) })
  expect(compare(before, Type.Object({ ...fields, total }))).toEqual([])
})

const without = (name: keyof typeof fields) =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name))

test.each<[string, Record<string, TSchema>, string]>([
  ['a required field removed', without('id'), ' /id: the field is gone; consumers that read it find nothing.'],
  ['an optional field removed', without('note'), ' /note: the field is gone; consumers that read it find nothing.'],
  [
    'a required field made optional',
    { ...fields, id: Type.Optional(Id) },
    ' /id: was required and is optional; consumers that rely on it give events without it up.',
  ],
  [
    'an optional field made required',
    { ...fields, note: Type.String() },
    ' /note: was optional and is required; events without it are still on their way.',
  ],
  [
    'a new required field',
    { ...fields, gift: Type.Boolean() },
    ' /gift: is new and required; events without it are still on their way.',
  ],
  ['another type', { ...fields, id: Type.Integer() }, ' /id: was string and is integer.'],
  ['a type narrowed', { ...fields, total: Type.Integer() }, ' /total: was object and is integer.'],
  [
    'an enum value added',
    { ...fields, status: Type.Enum(['open', 'paid', 'void']) },
    ' /status: may be "void" now, which consumers do not know.',
  ],
  [
    'an enum value removed',
    { ...fields, status: Type.Enum(['open']) },
    ' /status: may no longer be "paid"; such events are still on their way.',
  ],
  ['an enum opened', { ...fields, status: Type.String() }, ' /status: was a fixed value and is string.'],
  [
    'a member of a union more',
    { ...fields, refund: Type.Union([Money, Type.Null(), Type.String()]) },
    ' /refund: may be {"type":"string"} now, which consumers do not know.',
  ],
  [
    'a member of a union less',
    { ...fields, refund: Type.Union([Money]) },
    ' /refund: may no longer be {"type":"null"}; such events are still on their way.',
  ],
  [
    'a union in the place of one',
    { ...fields, id: Type.Union([Id, Type.Null()]) },
    ' /id: was string and is one of several.',
  ],
  ['a format dropped', { ...fields, id: Type.String() }, ' /id: format was "uuid" and is absent.'],
  [
    'a constraint added',
    { ...fields, lines: Type.Array(Type.Object({ title: Type.String({ maxLength: 5 }) })) },
    ' /lines/*/title: maxLength was absent and is 5.',
  ],
  [
    'a field of a field removed',
    { ...fields, total: Type.Object({ amount: Type.Integer() }) },
    ' /total/currency: the field is gone; consumers that read it find nothing.',
  ],
])('%s is told', (_what, after, told) => {
  expect(compare(before, Type.Object(after))).toEqual([told])
})

test('a constant that changes is told both ways', () => {
  expect(compare(Type.Literal('a'), Type.Literal('b'))).toEqual([
    ': may be "b" now, which consumers do not know.',
    ': may no longer be "a"; such events are still on their way.',
  ])
})
