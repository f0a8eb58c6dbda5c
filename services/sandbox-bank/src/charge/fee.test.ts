import { expect, test } from 'vitest'
import { feeOf } from './fee.ts'

test.each([
  [7_800, 'USD', 134],
  [10, 'USD', 10],
  [1_000, 'JPY', 39],
  [100_000, 'KWD', 1_650],
])('of %i %s the bank keeps %i', (amount, currency, fee) => {
  expect(feeOf({ amount, currency })).toEqual({ amount: fee, currency })
})
