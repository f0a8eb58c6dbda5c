import type { Contract } from '@slipway/s2s'
import { Nothing, Refusal } from '../primitives/index.ts'
import { ForPayment, FrozenCart } from './schemas.ts'

/** What other services may ask of cart. */
export const cartContract = {
  checkout: {
    method: 'POST',
    path: '/internal/v1/carts/:cartId/checkout',
    body: ForPayment,
    responses: {
      200: FrozenCart,
      404: Refusal('CART_NOT_FOUND'),
      409: Refusal('CART_EMPTY', 'CART_LOCKED', 'CART_PAID', 'PAYMENT_NOT_ACCEPTED'),
    },
  },
  release: {
    method: 'POST',
    path: '/internal/v1/carts/:cartId/release',
    body: ForPayment,
    responses: { 204: Nothing },
  },
} as const satisfies Contract
