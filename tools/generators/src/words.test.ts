import { expect, test } from 'vitest'
import { article, camel, constant, pascal, plural, singular, snake } from './words.ts'

test.each([
  ['orders', 'order'],
  ['deliveries', 'delivery'],
  ['boxes', 'box'],
  ['gift-cards', 'gift-card'],
  ['branches', 'branch'],
  ['addresses', 'address'],
])('%s are many of %s', (many, one) => {
  expect(singular(many)).toBe(one)
  expect(plural(one)).toBe(many)
})

test.each(['address', 'status', 'analysis', 'billing'])('%s is one already', (word) => {
  expect(singular(word)).toBe(word)
})

test('a name in the ways that code spells it', () => {
  expect([pascal, camel, snake, constant].map((spell) => spell('gift-cards'))).toEqual([
    'GiftCards',
    'giftCards',
    'gift_cards',
    'GIFT_CARDS',
  ])
  expect([article('order'), article('gift card')]).toEqual(['an', 'a'])
})
