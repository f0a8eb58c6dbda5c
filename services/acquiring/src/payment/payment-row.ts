import type { PaymentStatus } from '@slipway/contracts/acquiring'
import { money } from '@slipway/contracts/primitives'
import type { CaptureMode, Ending, Payment } from './payment.ts'

export interface PaymentRow {
  id: string
  user_id: string
  cart_id: string
  provider: string
  provider_id: string | null
  charge_id: string | null
  url: string | null
  return_url: string | null
  capture_mode: CaptureMode
  amount: string
  currency: string
  captured: string
  refunded: string
  status: PaymentStatus
  ending: Ending | null
  capturing: string | null
  failure_code: string | null
  mismatched: boolean
  provider_sequence: number
  version: number
  checks: number
  expires_at: Date
  authorized_until: Date
  created_at: Date
}

export const fromRow = (row: PaymentRow): Payment => ({
  id: row.id,
  userId: row.user_id,
  cartId: row.cart_id,
  provider: row.provider,
  providerId: row.provider_id ?? undefined,
  chargeId: row.charge_id ?? undefined,
  url: row.url ?? undefined,
  returnUrl: row.return_url ?? undefined,
  captureMode: row.capture_mode,
  amount: money(row.amount, row.currency),
  captured: money(row.captured, row.currency),
  refunded: money(row.refunded, row.currency),
  status: row.status,
  ending: row.ending ?? undefined,
  capturing: row.capturing === null ? undefined : money(row.capturing, row.currency),
  failureCode: row.failure_code ?? undefined,
  mismatched: row.mismatched,
  providerSequence: row.provider_sequence,
  version: row.version,
  expiresAt: row.expires_at,
  authorizedUntil: row.authorized_until,
  createdAt: row.created_at,
})
