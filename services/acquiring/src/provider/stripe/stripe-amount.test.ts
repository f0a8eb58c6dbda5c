import { money } from '@slipway/contracts/primitives'
import { expect, test } from 'vitest'
import { fromStripe, toStripe } from './stripe-amount.ts'

test.each([
  [money(1_250, 'USD'), { currency: 'usd', units: 1_250 }],
  [money(1_250, 'JPY'), { currency: 'jpy', units: 1_250 }],
  [money(1_250, 'KWD'), { currency: 'kwd', units: 1_250 }],
  [money(500, 'ISK'), { currency: 'isk', units: 50_000 }],
  [money(500, 'UGX'), { currency: 'ugx', units: 50_000 }],
  [money(500, 'MGA'), { currency: 'mga', units: 5 }],
])('%o is %o there, and back', (amount, told) => {
  expect(toStripe(amount)).toEqual(told)
  expect(fromStripe(told.units, told.currency)).toEqual(amount)
})
