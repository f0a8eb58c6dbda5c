import { money } from '@slipway/contracts/primitives'
import type { ProviderPayment } from '../provider/payment-provider.ts'
import { newPayment } from '../payment/payment.ts'

export const usd = (amount: number) => money(amount, 'USD')

/** A UUIDv7 that tells samples apart: `sampleId(1)` ends with 1. */
export const sampleId = (number: number) => `01980000-0000-7000-9000-${String(number).padStart(12, '0')}`

export const minute = 60_000

export const patience = { payMs: 30 * minute, captureMs: 144 * 60 * minute }

/** A payment of 78 dollars that has just been made. */
export const created = newPayment(
  {
    id: sampleId(1),
    userId: sampleId(2),
    cartId: sampleId(3),
    provider: 'sandbox-bank',
    captureMode: 'automatic',
    amount: usd(7_800),
    createdAt: new Date('2026-01-01T12:00:00Z'),
  },
  patience,
).payment

/** What the bank says of it. */
export const page = (status: ProviderPayment['status'], more: Partial<ProviderPayment> = {}): ProviderPayment => ({
  id: sampleId(4),
  reference: created.id,
  url: `http://bank.test/sandbox-bank/pages/${sampleId(4)}`,
  amount: created.amount,
  status,
  ...more,
})
