import { expect, test } from 'vitest'
import { inspectCard } from './card.ts'
import { grouped, testCards } from './test-card.ts'

const now = new Date('2030-06-15T12:00:00Z')
const typed = (card: string, expiry = '12/34', cvc = '123') => inspectCard({ card, expiry, cvc }, now)
const codes = (...args: Parameters<typeof typed>) => {
  const seen = typed(...args)
  return 'problems' in seen ? seen.problems.map(({ field, code }) => `${field} ${code}`) : []
}

test.each(testCards)('$number is known', ({ number, behaviour }) => {
  expect(typed(grouped(number))).toEqual({ brand: 'Visa', last4: number.slice(-4), behaviour })
})

test('a number with a wrong check digit, too short or too long is no card', () => {
  for (const number of ['4242 4242 4242 4241', '4242', '42424242424242424242', 'abcd'])
    expect(codes(number)).toContain('card CARD_NUMBER_INVALID')
})

test('a real-looking card that is no test card is not supported', () => {
  expect(codes('4111 1111 1111 1111')).toEqual(['card CARD_NOT_SUPPORTED'])
})

test('a card is good until its month has ended', () => {
  expect(codes('4242424242424242', '06/30')).toEqual([])
  expect(codes('4242424242424242', '05/30')).toEqual(['expiry CARD_EXPIRED'])
  expect(codes('4242424242424242', '13/30')).toEqual(['expiry CARD_EXPIRY_INVALID'])
})

test('every wrong field is told at once', () => {
  expect(codes('4242424242424241', '1/2', '12')).toEqual([
    'card CARD_NUMBER_INVALID',
    'expiry CARD_EXPIRY_INVALID',
    'cvc CARD_CVC_INVALID',
  ])
})

test('the security code has as many digits as the brand prints', () => {
  expect(codes('4242424242424242', '12/34', '1234')).toEqual(['cvc CARD_CVC_INVALID'])
  expect(codes('378282246310005', '12/34', '1234')).toEqual(['card CARD_NOT_SUPPORTED'])
})
