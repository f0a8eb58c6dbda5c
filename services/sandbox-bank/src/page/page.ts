import { CurrencyMismatch, type Money } from '@slipway/contracts/primitives'
import type { PageStatus, WebhookType } from '@slipway/contracts/sandbox-bank'
import type { AcceptedCard, CardSummary } from '../card/card.ts'
import type { Fault } from '../fault/fault.ts'
import { NotPaid, PageClosed, PagePaid, RefundExceedsCharge } from './errors.ts'

/** One payment that a merchant asked for. It charges at most once. */
export interface PaymentPage {
  readonly id: string
  readonly reference: string
  readonly amount: Money
  /** Minor units of the same currency. */
  readonly refunded: number
  readonly returnUrl?: string
  readonly status: PageStatus
  readonly declineCode?: string
  /** The card that was used. */
  readonly card?: CardSummary
  /** Number of the newest webhook. */
  readonly sequence: number
  /** Asked for by requests about this page. */
  readonly faults: readonly Fault[]
  readonly createdAt: Date
}

/** A page after a change, and what the merchant is to be told of it. */
export interface PageChange {
  readonly page: PaymentPage
  readonly announce?: WebhookType
  /** Money moves now, and perhaps back again later. */
  readonly charge?: { readonly disputed: boolean }
}

const announced = (page: PaymentPage, announce: WebhookType): PageChange => ({
  page: { ...page, sequence: page.sequence + 1 },
  announce,
})

const decline = (page: PaymentPage, declineCode: string) =>
  announced({ ...page, status: 'declined', declineCode }, 'page.declined')

const charge = (page: PaymentPage, disputed: boolean): PageChange => ({
  ...announced({ ...page, status: 'paid' }, 'page.paid'),
  charge: { disputed },
})

/** @throws PageClosed unless the page is open */
export function pay(page: PaymentPage, { behaviour, brand, last4 }: AcceptedCard): PageChange {
  if (page.status !== 'open') throw new PageClosed(page.status)
  const used = { ...page, card: { brand, last4 } }
  if (behaviour.kind === 'declines') return decline(used, behaviour.declineCode)
  if (behaviour.kind === 'asks-for-confirmation') return { page: { ...used, status: 'requires_confirmation' } }
  return charge(used, behaviour.kind === 'pays-and-is-charged-back')
}

/** The payer’s answer to the confirmation page. @throws PageClosed unless it was asked for */
export function confirm(page: PaymentPage, accept: boolean): PageChange {
  if (page.status !== 'requires_confirmation') throw new PageClosed(page.status)
  return accept ? charge(page, false) : decline(page, 'authentication_failed')
}

/** Closes a page for good. One that closed unpaid stays as it is. @throws PagePaid */
export function cancel(page: PaymentPage): PageChange {
  if (page.status === 'paid' || page.status === 'charged_back') throw new PagePaid()
  if (page.status === 'declined' || page.status === 'canceled') return { page }
  return announced({ ...page, status: 'canceled' }, 'page.canceled')
}

/** @throws NotPaid, CurrencyMismatch, RefundExceedsCharge */
export function refund(page: PaymentPage, { amount, currency }: Money): PageChange {
  if (page.status !== 'paid') throw new NotPaid(page.status)
  if (currency !== page.amount.currency) throw new CurrencyMismatch(currency, page.amount.currency)
  const left = page.amount.amount - page.refunded
  if (amount > left) throw new RefundExceedsCharge({ amount: left, currency })
  return announced({ ...page, refunded: page.refunded + amount }, 'refund.succeeded')
}

/** The card holder’s bank takes back what was not refunded; nothing left, nothing taken. */
export function chargeBack(page: PaymentPage): PageChange {
  if (page.status !== 'paid' || page.refunded === page.amount.amount) return { page }
  return announced({ ...page, status: 'charged_back' }, 'page.charged_back')
}

/** Where to send the payer: the merchant’s address with the payment’s reference. */
export function returnAddress({ returnUrl, reference }: PaymentPage): string | undefined {
  if (returnUrl === undefined) return undefined
  const url = new URL(returnUrl)
  url.searchParams.set('reference', reference)
  return url.href
}
