import type { PaymentPageState } from '@slipway/contracts/sandbox-bank'
import type { PaymentPage } from './page.ts'

/** Address of a page in the payer’s browser. `publicUrl` is the platform’s. */
export const pageUrl = (publicUrl: string, id: string) => `${publicUrl.replace(/\/+$/, '')}/sandbox-bank/pages/${id}`

/** A page as its merchant sees it: nothing of the card. */
export const pageView = (page: PaymentPage, publicUrl: string): PaymentPageState => ({
  id: page.id,
  reference: page.reference,
  amount: page.amount,
  captured: page.captured,
  refunded: page.refunded,
  status: page.status,
  declineCode: page.declineCode,
  url: pageUrl(publicUrl, page.id),
  createdAt: page.createdAt.toISOString(),
})
