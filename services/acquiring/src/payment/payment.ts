// Longer than other files: the whole state machine is here, so that it can be judged in one reading.
import type { PaymentStatus } from '@slipway/contracts/acquiring'
import { add, compare, isPositive, sameMoney, subtract, zero, type Money } from '@slipway/contracts/primitives'
import { captureBooking, chargebackBooking, refundBooking, type Booking } from '../ledger/booking.ts'
import type { ProviderPayment } from '../provider/payment-provider.ts'
import {
  CaptureExceedsAuthorized,
  IllegalTransition,
  PaymentNotCancelable,
  PaymentNotCapturable,
  RefundExceedsCaptured,
} from './errors.ts'

/** What a payment that is given up becomes. */
export type Ending = 'canceled' | 'expired'

/** manual: the payer authorises, and the shop takes the money later. */
export type CaptureMode = 'automatic' | 'manual'

export interface Payment {
  readonly id: string
  readonly userId: string
  readonly cartId: string
  readonly provider: string
  /** The provider's id and page; absent until the provider has told them. */
  readonly providerId?: string
  /** The provider's id of the movement of money, where that is another. */
  readonly chargeId?: string
  readonly url?: string
  readonly returnUrl?: string
  readonly captureMode: CaptureMode
  readonly amount: Money
  readonly captured: Money
  readonly refunded: Money
  readonly status: PaymentStatus
  /** Decided, but not done: the provider has to be asked whether it was paid all the same. */
  readonly ending?: Ending
  /** Decided, but not done: the provider has to be asked to take so much of what is authorised. */
  readonly capturing?: Money
  readonly failureCode?: string
  /** The provider took another amount or currency: that money is given back and pays for nothing. */
  readonly mismatched: boolean
  /** Of the newest webhook that counted. */
  readonly providerSequence: number
  /** Counts the steps. */
  readonly version: number
  /** It is given up then: what is not paid, or what is authorised and not captured. */
  readonly expiresAt: Date
  /** What `expiresAt` becomes once it is authorised. */
  readonly authorizedUntil: Date
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

/** Where each status may lead, and what leads there. Nothing leads back; the README shows it as a diagram. */
export const transitions: Readonly<Record<PaymentStatus, Readonly<Partial<Record<PaymentStatus, string>>>>> = {
  created: {
    requires_action: 'page opened',
    unknown: 'no clear answer',
    authorized: 'authorised before we heard of the page',
    captured: 'paid before we heard of the page',
    failed: 'refused by the provider',
    canceled: 'given up before it was opened',
    expired: 'given up before it was opened',
  },
  unknown: {
    requires_action: 'there is a page',
    authorized: 'it was authorised',
    captured: 'it was paid',
    failed: 'declined, or wrong money went back',
    canceled: 'canceled at the provider',
    expired: 'canceled at the provider',
  },
  requires_action: {
    authorized: 'authorised (manual capture)',
    captured: 'paid',
    failed: 'declined',
    canceled: 'canceled at the provider',
    expired: 'not paid in time, canceled at the provider',
    unknown: 'another amount was taken',
  },
  authorized: {
    captured: 'captured, all or a part',
    canceled: 'voided',
    expired: 'not captured in time, voided',
    failed: 'the provider let it go',
    unknown: 'another amount was taken',
  },
  captured: {
    partially_refunded: 'a part went back',
    refunded: 'all went back',
    charged_back: 'the payer’s bank took it back',
  },
  partially_refunded: {
    partially_refunded: 'another part went back',
    refunded: 'the rest went back',
    charged_back: 'the payer’s bank took the rest back',
  },
  // money may come although we gave up: it is booked and given back
  failed: { captured: 'money came late: it is refunded', charged_back: 'wrong money was taken back' },
  canceled: { captured: 'money came late: it is refunded', charged_back: 'wrong money was taken back' },
  expired: { captured: 'money came late: it is refunded', charged_back: 'wrong money was taken back' },
  refunded: {},
  charged_back: {},
}

const endedWithoutMoney: readonly PaymentStatus[] = ['failed', 'canceled', 'expired']
const openStatuses: readonly PaymentStatus[] = ['created', 'unknown', 'requires_action', 'authorized']

/** Still waits for its outcome. What was mismatched waits only for its refund. */
export const isOpen = ({ status, mismatched }: Payment) => openStatuses.includes(status) && !mismatched

type Beginning = Pick<
  Payment,
  'id' | 'userId' | 'cartId' | 'provider' | 'captureMode' | 'returnUrl' | 'amount' | 'createdAt'
>

/** How long the payer has, and how long the shop has after an authorisation. */
export interface Patience {
  readonly payMs: number
  readonly captureMs: number
}

export function newPayment(beginning: Beginning, { payMs, captureMs }: Patience): Change {
  const none = zero(beginning.amount.currency)
  const from = beginning.createdAt.getTime()
  const payment: Payment = {
    ...beginning,
    captured: none,
    refunded: none,
    status: 'created',
    mismatched: false,
    providerSequence: 0,
    version: 1,
    expiresAt: new Date(from + payMs),
    authorizedUntil: new Date(from + payMs + captureMs),
  }
  return { payment, steps: [{ payment }] }
}

/** Brings a payment up to what its provider says of it, from wherever we heard it, as often and as late as it comes. */
export function observe(before: Payment, seen: ProviderPayment): Change {
  const ids = { providerId: seen.id, url: seen.url ?? before.url, chargeId: seen.chargeId ?? before.chargeId }
  const known = before.providerId === ids.providerId && before.url === ids.url && before.chargeId === ids.chargeId
  const payment = known ? before : { ...before, ...ids }
  switch (seen.status) {
    case 'open':
      return waitForPayer(payment)
    case 'declined':
      return isOpen(payment) ? end({ ...payment, failureCode: seen.declineCode }, 'failed') : unchanged(payment)
    case 'canceled':
      return isOpen(payment) ? end(payment, payment.ending ?? 'canceled') : unchanged(payment)
    case 'authorized':
      return authorize(payment, seen.amount)
    case 'paid':
      return capture(payment, seen.captured ?? seen.amount)
    case 'charged_back': {
      const taken = seen.captured ?? seen.amount
      return chargeBack(capture(payment, taken), taken, seen.chargedBack)
    }
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
  if (!isOpen(payment) || payment.capturing) throw new PaymentNotCancelable(payment.status)
  return unchanged(payment.ending ? payment : { ...payment, ending })
}

/**
 * Nothing is taken yet: the provider has to be asked. The same again changes nothing, whatever has become of it.
 *
 * @throws PaymentNotCapturable, CaptureExceedsAuthorized, CurrencyMismatch
 */
export function askCapture(payment: Payment, wanted?: Money): Change {
  const amount = wanted ?? payment.capturing ?? payment.amount
  if (compare(amount, payment.amount) > 0) throw new CaptureExceedsAuthorized(payment.amount)
  if (payment.capturing && sameMoney(payment.capturing, amount)) return unchanged(payment)
  if (payment.status === 'captured' && payment.captureMode === 'manual')
    if (!wanted || sameMoney(payment.captured, wanted)) return unchanged(payment)
  if (payment.status !== 'authorized' || payment.ending || payment.capturing)
    throw new PaymentNotCapturable(payment.status)
  return unchanged({ ...payment, capturing: amount })
}

/** The provider will not take it: the shop may ask for another amount, or cancel. */
export const captureRefused = (payment: Payment): Change =>
  unchanged(payment.status === 'authorized' && payment.capturing ? { ...payment, capturing: undefined } : payment)

/** The provider knows nothing of it, so nobody can pay it: what was given up is over. */
export const neverOpened = (payment: Payment): Change =>
  isOpen(payment) && payment.ending ? end(payment, payment.ending) : unchanged(payment)

/** True when its page must be closed: nobody may pay any more. */
export const isToBeClosed = (payment: Payment, seen: ProviderPayment) =>
  (seen.status === 'open' || seen.status === 'authorized') &&
  (payment.ending !== undefined || endedWithoutMoney.includes(payment.status))

/**
 * What may be given back next, `reserved` being asked for already, done or not; all that is left unless said otherwise.
 *
 * @throws RefundExceedsCaptured, CurrencyMismatch
 */
export function refundable({ captured, status }: Payment, reserved: Money, wanted?: Money): Money {
  const left = status === 'charged_back' ? zero(captured.currency) : subtract(captured, reserved)
  const amount = wanted ?? left
  if (!isPositive(amount) || compare(amount, left) > 0) throw new RefundExceedsCaptured(left)
  return amount
}

/** The provider gave money back. */
export function refundMade(payment: Payment, refund: { id: string; amount: Money }): Change {
  const books = refundBooking(payment, refund)
  if (payment.mismatched)
    return payment.status === 'unknown'
      ? change({ ...failedByMismatch(payment), books })
      : change({ payment: again(payment), books })
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

/** Another amount than asked for is let go. */
function authorize(payment: Payment, amount: Money): Change {
  if (!isOpen(payment) || payment.status === 'authorized' || payment.ending) return unchanged(payment)
  if (!sameMoney(amount, payment.amount))
    return unchanged({ ...payment, ending: 'canceled', failureCode: 'amount_mismatch' })
  return change({ payment: move({ ...payment, expiresAt: payment.authorizedUntil }, 'authorized') })
}

/** Taken in one go, or as much of it as the shop wants. */
const isAsAgreed = ({ amount, captureMode }: Payment, taken: Money) =>
  sameMoney(taken, amount) ||
  (captureMode === 'manual' && taken.currency === amount.currency && isPositive(taken) && compare(taken, amount) < 0)

function capture(payment: Payment, amount: Money): Change {
  const late = endedWithoutMoney.includes(payment.status)
  if (payment.mismatched || !(late || isOpen(payment))) return unchanged(payment)
  if (!isAsAgreed(payment, amount)) {
    const mismatched = { ...payment, mismatched: true, capturing: undefined }
    return change({
      payment: late || payment.status === 'unknown' ? again(mismatched) : move(mismatched, 'unknown'),
      books: captureBooking(mismatched, amount),
      refunds: { amount, reason: 'amount_mismatch' },
    })
  }
  const settled = { captured: amount, failureCode: undefined, ending: undefined, capturing: undefined }
  const captured = move({ ...payment, ...settled }, 'captured')
  const books = captureBooking(captured, amount)
  return late
    ? change({ payment: captured, books, refunds: { amount, reason: 'late_capture' } })
    : change({ payment: captured, books, announces: 'captured' })
}

/** What is left of what was taken goes back, unless the provider says how much of it. */
function chargeBack({ payment, steps }: Change, taken: Money, told?: Money): Change {
  if (payment.mismatched) return chargeBackMismatched({ payment, steps }, told ?? taken)
  if (payment.status !== 'captured' && payment.status !== 'partially_refunded') return { payment, steps }
  const left = subtract(payment.captured, payment.refunded)
  const amount = told?.currency === left.currency && compare(told, left) < 0 ? told : left
  return then(steps, chargedBack(payment, amount))
}

/** Cart hears that the payment failed, as it does when wrong money is refunded. */
function chargeBackMismatched({ payment, steps }: Change, amount: Money): Change {
  if (payment.status === 'charged_back') return { payment, steps }
  if (payment.status !== 'unknown') return then(steps, chargedBack(payment, amount))
  const failed = failedByMismatch(payment)
  return then([...steps, failed], chargedBack(failed.payment, amount))
}

/** Nothing is booked when refunds have taken all of it before. */
const chargedBack = (payment: Payment, amount: Money): Step => ({
  payment: move(payment, 'charged_back'),
  ...(isPositive(amount) && { books: chargebackBooking(payment, amount) }),
  announces: 'charged_back',
})

const failedByMismatch = (payment: Payment): Step => ({
  payment: move({ ...payment, failureCode: 'amount_mismatch' }, 'failed'),
  announces: 'failed',
})

const then = (steps: readonly Step[], step: Step): Change => ({ payment: step.payment, steps: [...steps, step] })

const end = (payment: Payment, status: 'failed' | Ending): Change =>
  change({ payment: move({ ...payment, capturing: undefined }, status), announces: status })

const change = (step: Step): Change => ({ payment: step.payment, steps: [step] })
const unchanged = (payment: Payment): Change => ({ payment, steps: [] })
const again = (payment: Payment): Payment => ({ ...payment, version: payment.version + 1 })

function move(payment: Payment, status: PaymentStatus): Payment {
  if (transitions[payment.status][status] === undefined) throw new IllegalTransition(payment.status, status)
  return again({ ...payment, status })
}
