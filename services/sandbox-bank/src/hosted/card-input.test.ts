import { expect, test } from 'vitest'
import { readAnswer, readCard } from './card-input.ts'

test.each(['01/30', '1/30', '01 / 30', '01/2030', '0130', '012030', '01-30'])('%s is January 2030', (expiry) => {
  expect(readCard({ card: '4242-4242 4242 4242', expiry, cvc: ' 123 ' })).toEqual({
    card: '4242424242424242',
    expiry: '01/30',
    cvc: '123',
  })
})

test('what is missing, doubled or no form is empty', () => {
  const empty = { card: '', expiry: '00/', cvc: '' }
  expect(readCard(undefined)).toEqual(empty)
  expect(readCard({ card: ['1', '2'], expiry: {}, cvc: 7 })).toEqual(empty)
})

test('only the two buttons are answers', () => {
  expect([{ accept: 'true' }, { accept: 'false' }, { accept: 'yes' }, {}].map(readAnswer)).toEqual([
    true,
    false,
    undefined,
    undefined,
  ])
})
