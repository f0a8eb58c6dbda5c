import { cartContract } from '@slipway/contracts/cart'
import { describe, expect, test as plain } from 'vitest'
import type { Answer } from '../fixtures/api.ts'
import type { Expected } from './shown.ts'
import { frozen, order, shopper, test } from '../testing/test.ts'

const answer: Answer = {
  status: 201,
  headers: { 'content-type': 'application/json; charset=utf-8', location: '/kiosk/v1/orders/1', 'x-request-id': 'any' },
  text: '{"id":"1","items":[1,2]}',
  json: { id: '1', items: [1, 2] },
}
const location = '/kiosk/v1/orders/1'
const json = { id: '1', items: [1, 2] }
const refusal = (expected: Expected) => {
  try {
    expect(answer).toMatchReference(expected)
  } catch (error) {
    return error as { message: string; actual: unknown; expected: unknown }
  }
  throw new Error('It matched')
}

describe('an object', () => {
  plain('matches when all that matters is the same', () => {
    expect(answer).toMatchReference({ status: 201, headers: { location }, json })
    expect(answer).toMatchReference({ status: 201, headers: { location }, json: { ...json, id: expect.any(String) } })
  })
  plain.each([
    ['another status', { status: 200, headers: { location }, json }],
    ['a header that is not expected', { status: 201, json }],
    ['a header that is missing', { status: 201, headers: { location, 'retry-after': '1' }, json }],
    ['another header', { status: 201, headers: { location: '/elsewhere' }, json }],
    ['another content type', { status: 201, headers: { location, 'content-type': 'application/problem+json' }, json }],
    ['a field that is not expected', { status: 201, headers: { location }, json: { id: '1' } }],
    ['a field that is missing', { status: 201, headers: { location }, json: { ...json, more: 1 } }],
    ['another order', { status: 201, headers: { location }, json: { id: '1', items: [2, 1] } }],
    ['no body', { status: 201, headers: { location } }],
  ])('does not match: %s', (_, expected) => {
    const { message, actual } = refusal(expected)
    expect(message).toBe('The answer is not the expected one')
    expect(actual).toEqual({ status: 201, headers: { 'content-type': 'application/json', location }, json })
  })
  plain('may say the content type of what is no JSON', () => {
    const page = {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      text: '<p>Hi',
      json: undefined,
    }
    expect(page).toMatchReference({ status: 200, headers: { 'content-type': 'text/html' }, text: '<p>Hi' })
    expect({ status: 204, headers: {}, text: '', json: undefined }).toMatchReference({ status: 204 })
  })
})

test('a whole answer of a service', async ({ api, neighbours }) => {
  neighbours.cart.replies(cartContract.checkout, { status: 200, json: frozen })
  expect(await api.as(shopper).post('/kiosk/v1/orders', order)).toMatchReference('placed-order')
})

test('a problem', async ({ api }) => {
  const refused = await api.as(shopper).post('/kiosk/v1/orders', {})
  expect(refused).toMatchReference('order-without-cart')
})

plain('a name is a file name and nothing else', () => {
  expect(() => expect(answer).toMatchReference('../elsewhere')).toThrow('kebab-case')
})
