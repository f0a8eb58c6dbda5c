import { expect, test } from 'vitest'
import { add, formatMoney, money, multiply } from './money.ts'

test('amounts of one currency add up; others are refused', () => {
  expect(add(money(1_250, 'USD'), money(50, 'USD'))).toEqual({ amount: 1_300, currency: 'USD' })
  expect(() => add(money(1, 'USD'), money(1, 'EUR'))).toThrow('USD and EUR')
})

test('nothing is rounded and nothing overflows in silence', () => {
  expect(multiply(money(333, 'USD'), 3)).toEqual({ amount: 999, currency: 'USD' })
  expect(() => multiply(money(1, 'USD'), 0.5)).toThrow(TypeError)
  expect(() => multiply(money(Number.MAX_SAFE_INTEGER, 'USD'), 2)).toThrow('larger')
  expect(() => money(0.1, 'USD')).toThrow('larger')
})

test.each([
  [{ amount: 1_250, currency: 'USD' }, '$12.50'],
  [{ amount: 5, currency: 'USD' }, '$0.05'],
  [{ amount: -1_205, currency: 'USD' }, '-$12.05'],
  [{ amount: 1_250, currency: 'JPY' }, '¥1,250'],
  [{ amount: 1_250, currency: 'KWD' }, 'KWD 1.250'],
])('%o reads %s', (amount, text) => {
  expect(formatMoney(amount).replace('\u00a0', ' ')).toBe(text)
})
