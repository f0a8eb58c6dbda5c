// Longer than other files: the whole state machine is here, so that it can be judged in one reading.
import type { PaymentStatus } from '@slipway/contracts/acquiring'
import { add, money, sameMoney, type Money } from '@slipway/contracts/primitives'
import { captureBooking, chargebackBooking, refundBooking, type Booking } from '../ledger/booking.ts'
import type { ProviderPayment } from '../provider/payment-provider.ts'
import { IllegalTransition, PaymentNotCancelable, RefundExceedsCaptured } from './errors.ts'

/** What a payment that is given up becomes. */
export type Ending = 'canceled' | 'expired'

export interface Payment {
  readonly id: string
  readonly userId: string
  readonly cartId: string
  readonly provider: string
  /** The provider's id and page; absent until the provider has told them. */
  readonly providerId?: string
  readonly url?: string
  readonly returnUrl?: string
  readonly amount: Money
  readonly captured: Money
  readonly refunded: Money
  readonly status: PaymentStatus
  /** Decided, but not done: the provider has to be asked whether it was paid all the same. */
  readonly ending?: Ending
  readonly failureCode?: string
  /** The provider took another amount or currency: that money is given back and pays for nothing. */
  readonly mismatched: boolean
  /** Of the newest webhook that counted. */
  readonly providerSequence: number
  /** Counts the steps. */
  readonly version: number
  readonly expiresAt: Date
  readonly createdAt: Date
}

/** One step forward and what goes with it; all of it is written in one transaction. */
export interface Step {
  /** As it is after the step. */
  readonly payment: Payment
  readonly announces?: 'captured' | 'failed' | 'canceled' | 'expired' | 'charged_back'
  readonly books?: Booking
  readonly refunds?: { readonly amount: Money; readonly reason: string }
}

export interface Change {
  readonly payment: Payment
  readonly steps: readonly Step[]
}

/** Where each status may lead. Nothing leads back. */
export const transitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  created: ['unknown', 'requires_action', 'authorized', 'captured', 'failed', 'canceled', 'expired'],
  unknown: ['requires_action', 'authorized', 'captured', 'failed', 'canceled', 'expired'],
  requires_action: ['unknown', 'authorized', 'captured', 'failed', 'canceled', 'expired'],
  authorized: ['unknown', 'captured', 'failed', 'canceled', 'expired'],
  captured: ['partially_refunded', 'refunded', 'charged_back'],
  partially_refunded: ['partially_refunded', 'refunded', 'charged_back'],
  // money may come although we gave up: it is booked and given back
  failed: ['captured'],
  canceled: ['captured'],
  expired: ['captured'],
  refunded: [],
  charged_back: [],
}

const endedWithoutMoney: readonly PaymentStatus[] = ['failed', 'canceled', 'expired']
const openStatuses: readonly PaymentStatus[] = ['created', 'unknown', 'requires_action', 'authorized']

/** Still waits for its outcome. What was mismatched waits only for its refund. */
export const isOpen = ({ status, mismatched }: Payment) => openStatuses.includes(status) && !mismatched

type Beginning = Pick<Payment, 'id' | 'userId' | 'cartId' | 'provider' | 'returnUrl' | 'amount' | 'createdAt'>

export function newPayment(beginning: Beginning, ttlMs: number): Change {
  const none = money(0, beginning.amount.currency)
  const payment: Payment = {
    ...beginning,
    captured: none,
    refunded: none,
    status: 'created',
    mismatched: false,
    providerSequence: 0,
    version: 1,
    expiresAt: new Date(beginning.createdAt.getTime() + ttlMs),
  }
  return { payment, steps: [{ payment }] }
}

/** Brings a payment up to what its provider says of it, from wherever we heard it, as often and as late as it comes. */
export function observe(before: Payment, seen: ProviderPayment): Change {
  const known = before.providerId === seen.id && before.url === seen.url
  const payment = known ? before : { ...before, providerId: seen.id, url: seen.url }
  switch (seen.status) {
    case 'open':
      return waitForPayer(payment)
    case 'declined':
      return isOpen(payment) ? end({ ...payment, failureCode: seen.declineCode }, 'failed') : unchanged(payment)
    case 'canceled':
      return isOpen(payment) ? end(payment, payment.ending ?? 'canceled') : unchanged(payment)
    case 'paid':
      return capture(payment, seen.amount)
    case 'charged_back':
      return chargeBack(capture(payment, seen.amount))
  }
}

/** The provider was asked to open it, and nobody knows whether it did. */
export const outcomeUnknown = (payment: Payment): Change =>
  payment.status === 'created' ? change({ payment: move(payment, 'unknown') }) : unchanged(payment)

/** The provider will not open it, and never has. */
export const refused = (payment: Payment, failureCode: string): Change =>
  payment.status === 'created' ? end({ ...payment, failureCode }, 'failed') : unchanged(payment)

/** Nothing is over yet: the provider has to be told first. @throws PaymentNotCancelable */
export function giveUp(payment: Payment, ending: Ending): Change {
  if (!isOpen(payment)) throw new PaymentNotCancelable(payment.status)
  return unchanged(payment.ending ? payment : { ...payment, ending })
}

/** The provider knows nothing of it, so nobody can pay it: what was given up is over. */
export const neverOpened = (payment: Payment): Change =>
  isOpen(payment) && payment.ending ? end(payment, payment.ending) : unchanged(payment)

/** True when its page must be closed: nobody may pay any more. */
export const isToBeClosed = (payment: Payment, seen: ProviderPayment) =>
  seen.status === 'open' && (payment.ending !== undefined || endedWithoutMoney.includes(payment.status))

/**
 * What may be given back next, `reserved` being asked for already, done or not; all that is left unless said otherwise.
 *
 * @throws RefundExceedsCaptured, CurrencyMismatch
 */
export function refundable({ captured, status }: Payment, reserved: Money, wanted?: Money): Money {
  const left = status === 'charged_back' ? money(0, captured.currency) : add(captured, negative(reserved))
  const amount = wanted ?? left
  if (amount.amount <= 0 || add(left, negative(amount)).amount < 0) throw new RefundExceedsCaptured(left)
  return amount
}

/** The provider gave money back. */
export function refundMade(payment: Payment, refund: { id: string; amount: Money }): Change {
  const books = refundBooking(payment, refund)
  if (payment.mismatched) {
    if (payment.status !== 'unknown') return change({ payment: again(payment), books })
    const failed = move({ ...payment, failureCode: 'amount_mismatch' }, 'failed')
    return change({ payment: failed, books, announces: 'failed' })
  }
  const refunded = add(payment.refunded, refund.amount)
  const after = { ...payment, refunded }
  if (payment.status === 'charged_back') return change({ payment: again(after), books })
  return change({
    payment: move(after, sameMoney(refunded, payment.captured) ? 'refunded' : 'partially_refunded'),
    books,
  })
}

function waitForPayer(payment: Payment): Change {
  const waits = isOpen(payment) && (payment.status === 'created' || payment.status === 'unknown')
  return waits ? change({ payment: move(payment, 'requires_action') }) : unchanged(payment)
}

function capture(payment: Payment, amount: Money): Change {
  const late = endedWithoutMoney.includes(payment.status)
  if (payment.mismatched || !(late || isOpen(payment))) return unchanged(payment)
  if (!sameMoney(amount, payment.amount)) {
    const mismatched = { ...payment, mismatched: true }
    return change({
      payment: late || payment.status === 'unknown' ? again(mismatched) : move(mismatched, 'unknown'),
      books: captureBooking(mismatched, amount),
      refunds: { amount, reason: 'amount_mismatch' },
    })
  }
  const captured = move({ ...payment, captured: amount, failureCode: undefined, ending: undefined }, 'captured')
  const books = captureBooking(captured, amount)
  return late
    ? change({ payment: captured, books, refunds: { amount, reason: 'late_capture' } })
    : change({ payment: captured, books, announces: 'captured' })
}

function chargeBack({ payment, steps }: Change): Change {
  if (payment.status !== 'captured' && payment.status !== 'partially_refunded') return { payment, steps }
  const taken = add(payment.captured, negative(payment.refunded))
  const chargedBack = move(payment, 'charged_back')
  const step: Step = { payment: chargedBack, books: chargebackBooking(payment, taken), announces: 'charged_back' }
  return { payment: chargedBack, steps: [...steps, step] }
}

const end = (payment: Payment, status: 'failed' | Ending): Change =>
  change({ payment: move(payment, status), announces: status })

const change = (step: Step): Change => ({ payment: step.payment, steps: [step] })
const unchanged = (payment: Payment): Change => ({ payment, steps: [] })
const again = (payment: Payment): Payment => ({ ...payment, version: payment.version + 1 })
const negative = ({ amount, currency }: Money) => money(-amount, currency)

function move(payment: Payment, status: PaymentStatus): Payment {
  if (!transitions[payment.status].includes(status)) throw new IllegalTransition(payment.status, status)
  return again({ ...payment, status })
}
