import type { Contract } from '@slipway/s2s'
import { Refusal } from '../primitives/index.ts'
import {
  BankRefund,
  NewCapture,
  NewPaymentPage,
  NewRefund,
  PaymentPageState,
  SettlementPage,
  SettlementQuery,
} from './schemas.ts'

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
  capturePage: {
    method: 'POST',
    path: '/v1/pages/:id/capture',
    body: NewCapture,
    responses: {
      200: PaymentPageState,
      404: notFound,
      409: Refusal('PAGE_NOT_AUTHORIZED', 'CAPTURE_EXCEEDS_AUTHORIZED', 'CURRENCY_MISMATCH'),
    },
  },
  settlement: {
    method: 'GET',
    path: '/v1/settlements',
    query: SettlementQuery,
    responses: { 200: SettlementPage, 400: Refusal('PERIOD_EMPTY'), 409: Refusal('PERIOD_NOT_OVER') },
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
