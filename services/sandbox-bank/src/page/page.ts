import { add, compare, isPositive, subtract, type Money } from '@slipway/contracts/primitives'
import type { PageStatus, WebhookType } from '@slipway/contracts/sandbox-bank'
import type { AcceptedCard, CardSummary } from '../card/card.ts'
import type { Fault } from '../fault/fault.ts'
import {
  AmountNotPositive,
  CaptureExceedsAuthorized,
  NotAuthorized,
  NotPaid,
  PageClosed,
  PagePaid,
  RefundExceedsCharge,
} from './errors.ts'

/** One payment that a merchant asked for. It charges at most once. */
export interface PaymentPage {
  readonly id: string
  readonly reference: string
  readonly amount: Money
  /** manual: paying only authorises. */
  readonly capture: 'automatic' | 'manual'
  readonly captured: Money
  readonly refunded: Money
  readonly returnUrl?: string
  readonly status: PageStatus
  readonly declineCode?: string
  /** The card that was used. */
  readonly card?: CardSummary
  /** Its holder disputes what is captured. */
  readonly disputed: boolean
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
  /** Money moves now. */
  readonly charge?: Money
  /** Money is taken back now. */
  readonly chargeBack?: Money
}

const announced = (page: PaymentPage, announce: WebhookType): PageChange => ({
  page: { ...page, sequence: page.sequence + 1 },
  announce,
})

const decline = (page: PaymentPage, declineCode: string) =>
  announced({ ...page, status: 'declined', declineCode }, 'page.declined')

const charge = (page: PaymentPage, amount: Money): PageChange => ({
  ...announced({ ...page, status: 'paid', captured: amount }, 'page.paid'),
  charge: amount,
})

const accept = (page: PaymentPage): PageChange =>
  page.capture === 'automatic'
    ? charge(page, page.amount)
    : announced({ ...page, status: 'authorized' }, 'page.authorized')

/** @throws PageClosed unless the page is open */
export function pay(page: PaymentPage, { behaviour, brand, last4 }: AcceptedCard): PageChange {
  if (page.status !== 'open') throw new PageClosed(page.status)
  const used = { ...page, card: { brand, last4 }, disputed: behaviour.kind === 'pays-and-is-charged-back' }
  if (behaviour.kind === 'declines') return decline(used, behaviour.declineCode)
  if (behaviour.kind === 'asks-for-confirmation') return { page: { ...used, status: 'requires_confirmation' } }
  return accept(used)
}

/** The payer’s answer to the confirmation page. @throws PageClosed unless it was asked for */
export function confirm(page: PaymentPage, accepted: boolean): PageChange {
  if (page.status !== 'requires_confirmation') throw new PageClosed(page.status)
  return accepted ? accept(page) : decline(page, 'authentication_failed')
}

/**
 * Takes what was authorised, once; the rest is let go. The same again changes nothing.
 *
 * @throws NotAuthorized, AmountNotPositive, CaptureExceedsAuthorized, CurrencyMismatch
 */
export function capture(page: PaymentPage, amount: Money = page.amount): PageChange {
  if (page.status === 'paid' && page.capture === 'manual' && compare(amount, page.captured) === 0) return { page }
  if (page.status !== 'authorized') throw new NotAuthorized(page.status)
  if (!isPositive(amount)) throw new AmountNotPositive()
  if (compare(amount, page.amount) > 0) throw new CaptureExceedsAuthorized(page.amount)
  return charge(page, amount)
}

/** Closes a page for good; what is authorised is let go. One that closed unpaid stays as it is. @throws PagePaid */
export function cancel(page: PaymentPage): PageChange {
  if (page.status === 'paid' || page.status === 'charged_back') throw new PagePaid()
  if (page.status === 'declined' || page.status === 'canceled') return { page }
  return announced({ ...page, status: 'canceled' }, 'page.canceled')
}

/** @throws NotPaid, CurrencyMismatch, RefundExceedsCharge */
export function refund(page: PaymentPage, amount: Money): PageChange {
  if (page.status !== 'paid') throw new NotPaid(page.status)
  const left = subtract(page.captured, page.refunded)
  if (compare(amount, left) > 0) throw new RefundExceedsCharge(left)
  return announced({ ...page, refunded: add(page.refunded, amount) }, 'refund.succeeded')
}

/** The card holder’s bank takes back what was not refunded; nothing left, nothing taken. */
export function chargeBack(page: PaymentPage): PageChange {
  const left = subtract(page.captured, page.refunded)
  if (page.status !== 'paid' || !isPositive(left)) return { page }
  return { ...announced({ ...page, status: 'charged_back' }, 'page.charged_back'), chargeBack: left }
}

/** Where to send the payer: the merchant’s address with the payment’s reference. */
export function returnAddress({ returnUrl, reference }: PaymentPage): string | undefined {
  if (returnUrl === undefined) return undefined
  const url = new URL(returnUrl)
  url.searchParams.set('reference', reference)
  return url.href
}
