import type { Contract } from '@slipway/s2s'
import { Refusal } from '../primitives/index.ts'
import { BankRefund, NewPaymentPage, NewRefund, PaymentPageState } from './schemas.ts'

const keyReused = Refusal('IDEMPOTENCY_KEY_REUSED')
const notFound = Refusal('PAGE_NOT_FOUND')

/** What a merchant may ask of the bank. */
export const sandboxBankContract = {
  openPage: {
    method: 'POST',
    path: '/v1/pages',
    body: NewPaymentPage,
    responses: { 201: PaymentPageState, 409: Refusal('REFERENCE_TAKEN'), 422: keyReused },
  },
  page: { method: 'GET', path: '/v1/pages/:id', responses: { 200: PaymentPageState, 404: notFound } },
  pageByReference: {
    method: 'GET',
    path: '/v1/pages/by-reference/:reference',
    responses: { 200: PaymentPageState, 404: notFound },
  },
  cancelPage: {
    method: 'POST',
    path: '/v1/pages/:id/cancel',
    responses: { 200: PaymentPageState, 404: notFound, 409: Refusal('PAGE_PAID') },
  },
  refund: {
    method: 'POST',
    path: '/v1/refunds',
    body: NewRefund,
    responses: {
      201: BankRefund,
      404: notFound,
      409: Refusal('PAGE_NOT_PAID', 'REFUND_EXCEEDS_CHARGE'),
      422: keyReused,
    },
  },
} as const satisfies Contract
