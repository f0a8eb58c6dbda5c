import { expect, test } from 'vitest'
import { checkSameBody, idempotencyOf } from './idempotency.ts'

const body = { reference: 'r', amount: { amount: 1, currency: 'USD' } }

test('the order of fields does not change a fingerprint, a value does', () => {
  const first = idempotencyOf({ 'idempotency-key': 'k' }, body)
  const turned = { amount: { currency: 'USD', amount: 1 }, reference: 'r' }
  expect(idempotencyOf({ 'idempotency-key': 'k' }, turned)).toEqual(first)
  const other = idempotencyOf({ 'idempotency-key': 'k' }, { ...body, reference: 'R' })
  expect(() => checkSameBody(first, other)).toThrow('another body')
})

test.each([undefined, '', 'with blank', 'x'.repeat(256), 'ключ'])('%s is no key', (key) => {
  expect(() => idempotencyOf({ 'idempotency-key': key }, body)).toThrow('Idempotency-Key header')
})
