import { expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { toProblem } from './problem.ts'

class CartLocked extends AppError {
  readonly code = 'CART_LOCKED'
  readonly status = 409
  constructor(paymentId: string) {
    super('The cart is being paid', { extensions: { paymentId, traceId: 'mine' } })
  }
}

const occurrence = { instance: '/cart/v1/cart', traceId: 't1' }

test('an AppError shows its code, detail and extensions, which cannot hide where it happened', () => {
  expect(toProblem(new CartLocked('p1'), occurrence)).toEqual({
    type: 'urn:problem:cart-locked',
    title: 'Conflict',
    status: 409,
    code: 'CART_LOCKED',
    detail: 'The cart is being paid',
    paymentId: 'p1',
    instance: '/cart/v1/cart',
    traceId: 't1',
  })
})

test('anything else is a 500 without inner detail', () => {
  const problem = toProblem(new TypeError('password is hunter2'), occurrence)
  expect(problem).toEqual({
    type: 'urn:problem:internal',
    title: 'Internal Server Error',
    status: 500,
    code: 'INTERNAL',
    detail: 'Something went wrong on our side',
    instance: '/cart/v1/cart',
    traceId: 't1',
  })
})

test('an error is named after its class', () => {
  expect(new CartLocked('p1')).toMatchObject({ name: 'CartLocked', message: 'The cart is being paid' })
})
