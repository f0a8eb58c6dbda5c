import { expect, test } from 'vitest'
import { any, differences } from './compare.ts'

const expected = { id: any.id, status: 'paid', items: [{ quantity: 2 }], total: { amount: 100, currency: 'USD' } }
const right = { ...expected, id: '01980000-0000-7000-8000-000000000001' }

test('an answer that is as it must be has no differences', () => {
  expect(differences(expected, right)).toEqual([])
})

test.each([
  ['another value', { ...right, status: 'open' }, 'body.status: "open" instead of "paid"'],
  ['a deep one', { ...right, total: { amount: 101, currency: 'USD' } }, 'body.total.amount: 101 instead of 100'],
  ['a missing field', { ...right, items: [{}] }, 'body.items.0.quantity: undefined instead of 2'],
  ['an added field', { ...right, debug: true }, 'body.debug: true instead of undefined'],
  ['an item too many', { ...right, items: [{ quantity: 2 }, {}] }, 'body.items.1: {} instead of undefined'],
  ['a value that fails its check', { ...right, id: '7' }, 'body.id: unexpected "7"'],
])('%s is named', (_what, actual, difference) => {
  expect(differences(expected, actual)).toEqual([difference])
})
