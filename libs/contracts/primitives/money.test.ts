import { expect, test } from 'vitest'
import { exponentOf, isCurrency } from './currency.ts'
import {
  add,
  compare,
  formatMoney,
  isPositive,
  money,
  multiply,
  negate,
  moneyAt,
  share,
  subtract,
  unitsAt,
  zero,
} from './money.ts'

test('amounts of one currency add up and are taken off; others are refused', () => {
  expect(add(money(1_250, 'USD'), money(50, 'USD'))).toEqual({ amount: 1_300, currency: 'USD' })
  expect(subtract(money(50, 'USD'), money(1_250, 'USD'))).toEqual({ amount: -1_200, currency: 'USD' })
  for (const combine of [add, subtract, compare])
    expect(() => combine(money(1, 'USD'), money(1, 'EUR'))).toThrow('USD and EUR')
})

test('nothing is rounded and nothing overflows in silence', () => {
  const most = money(Number.MAX_SAFE_INTEGER, 'USD')
  expect(multiply(money(333, 'USD'), 3)).toEqual({ amount: 999, currency: 'USD' })
  expect(() => multiply(money(1, 'USD'), 0.5)).toThrow(TypeError)
  expect(() => multiply(most, 2)).toThrow('larger')
  expect(() => add(most, money(1, 'USD'))).toThrow('larger')
  expect(() => subtract(negate(most), money(1, 'USD'))).toThrow('larger')
  for (const amount of [0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '', '1.5', 'x'])
    expect(() => money(amount, 'USD')).toThrow('larger')
})

test('a bigint of the database comes in whole', () => {
  expect(money('9007199254740991', 'USD').amount).toBe(Number.MAX_SAFE_INTEGER)
  expect(money(-5n, 'USD').amount).toBe(-5)
  expect(() => money('9007199254740992', 'USD')).toThrow('larger')
})

test('nothing is nothing, without a sign', () => {
  expect(Object.is(negate(zero('USD')).amount, 0)).toBe(true)
})

test('amounts compare', () => {
  expect([compare(money(1, 'USD'), money(2, 'USD')), compare(money(2, 'USD'), money(2, 'USD'))]).toEqual([-1, 0])
  expect([isPositive(money(1, 'USD')), isPositive(zero('USD')), isPositive(money(-1, 'USD'))]).toEqual([
    true,
    false,
    false,
  ])
})

test.each([
  [1_000, 290, 29],
  [150, 100, 2],
  [149, 100, 1],
  [-150, 100, -2],
  [Number.MAX_SAFE_INTEGER, 10_000, Number.MAX_SAFE_INTEGER],
])('of %i minor units %i basis points are %i', (amount, basisPoints, part) => {
  expect(share(money(amount, 'USD'), basisPoints)).toEqual(money(part, 'USD'))
})

test.each([
  ['USD', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['ISK', 0],
  ['KWD', 3],
  ['CLF', 4],
])('the minor unit of %s has %i digits', (currency, digits) => {
  expect(exponentOf(currency)).toBe(digits)
})

test.each(['AAA', 'usd', 'DEM', 'XXX', 'XTS', 'BTC', ''])('%j is no currency', (code) => {
  expect(isCurrency(code)).toBe(false)
  expect(() => money(1, code)).toThrow('ISO 4217')
})

test.each([
  [{ amount: 1_250, currency: 'USD' }, '$12.50'],
  [{ amount: 5, currency: 'USD' }, '$0.05'],
  [{ amount: -1_205, currency: 'USD' }, '-$12.05'],
  [{ amount: 1_250, currency: 'JPY' }, '¥1,250'],
  [{ amount: 1_250, currency: 'KWD' }, 'KWD 1.250'],
  [{ amount: 9_007_199_254_740_991, currency: 'USD' }, '$90,071,992,547,409.91'],
])('%o reads %s', (amount, text) => {
  expect(formatMoney(amount).replace('\u00a0', ' ')).toBe(text)
})

test.each([
  [money(1_250, 'USD'), 2, 1_250],
  [money(1_250, 'USD'), 3, 12_500],
  [money(500, 'ISK'), 2, 50_000],
  [money(500, 'MGA'), 0, 5],
])('%o counted with %i decimals is %i, and back', (amount, digits, units) => {
  expect(unitsAt(amount, digits)).toBe(units)
  expect(moneyAt(units, amount.currency, digits)).toEqual(amount)
})

test('no digit is lost in silence', () => {
  expect(() => unitsAt(money(505, 'MGA'), 0)).toThrow('cannot be told with 0 decimals')
  expect(() => moneyAt(50_050, 'ISK', 2)).toThrow('cannot be told with 0 decimals')
})
