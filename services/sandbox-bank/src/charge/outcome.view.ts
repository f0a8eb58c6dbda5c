import type { PaymentOutcome } from '@slipway/contracts/sandbox-bank'
import { returnAddress, type PaymentPage } from '../page/page.ts'

/** What the payer is told after an attempt. While a confirmation is open there is nothing to return with yet. */
export function outcomeView(page: PaymentPage): PaymentOutcome {
  if (page.status === 'requires_confirmation') return { status: page.status }
  const status = page.status === 'declined' || page.status === 'authorized' ? page.status : 'paid'
  return { status, declineCode: page.declineCode, returnUrl: returnAddress(page) }
}
