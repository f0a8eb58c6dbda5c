import { paymentStatuses, type PaymentStatus } from '@slipway/contracts/acquiring'
import { money } from '@slipway/contracts/primitives'
import { describe, expect, test } from 'vitest'
import { created, page, sampleId, usd } from '../testing/samples.ts'
import {
  CaptureExceedsAuthorized,
  PaymentNotCancelable,
  PaymentNotCapturable,
  RefundExceedsCaptured,
} from './errors.ts'
import {
  askCapture,
  captureRefused,
  giveUp,
  isOpen,
  isToBeClosed,
  neverOpened,
  observe,
  outcomeUnknown,
  refundable,
  refundMade,
  refused,
  transitions,
  type Change,
  type Payment,
} from './payment.ts'

const after = (...changes: ((payment: Payment) => Change)[]) =>
  changes.reduce((payment, change) => change(payment).payment, created)

const opens = (payment: Payment) => observe(payment, page('open'))
const pays = (payment: Payment) => observe(payment, page('paid'))
const declines = (payment: Payment) => observe(payment, page('declined', { declineCode: 'insufficient_funds' }))
const cancels = (payment: Payment) => observe(payment, page('canceled'))
const chargesBack = (payment: Payment) => observe(payment, page('charged_back'))
const paysLess = (payment: Payment) => observe(payment, page('paid', { amount: usd(1) }))
const expires = (payment: Payment) => (payment.ending ? cancels(payment) : cancels(giveUp(payment, 'expired').payment))

const refunded = (payment: Payment, amount: number) =>
  refundMade(payment, { id: sampleId(9), amount: usd(amount) }).payment

const customer = (amount: number) => [
  { account: expect.objectContaining({ code: 'provider:sandbox-bank', kind: 'asset' }), amount: usd(amount) },
  { account: expect.objectContaining({ code: 'customers', kind: 'liability' }), amount: usd(-amount) },
]

test('a payment begins with nothing captured and expires in time', () => {
  expect(created).toEqual({
    id: sampleId(1),
    userId: sampleId(2),
    cartId: sampleId(3),
    provider: 'sandbox-bank',
    captureMode: 'automatic',
    amount: usd(7_800),
    captured: usd(0),
    refunded: usd(0),
    status: 'created',
    mismatched: false,
    providerSequence: 0,
    version: 1,
    createdAt: new Date('2026-01-01T12:00:00Z'),
    expiresAt: new Date('2026-01-01T12:30:00Z'),
    authorizedUntil: new Date('2026-01-07T12:30:00Z'),
  })
})

test('an opened page is waited for; hearing of it again changes nothing', () => {
  const { payment, steps } = opens(created)
  expect(payment).toEqual({
    ...created,
    status: 'requires_action',
    version: 2,
    providerId: page('open').id,
    url: page('open').url,
  })
  expect(steps).toEqual([{ payment }])
  expect(opens(payment)).toEqual({ payment, steps: [] })
  expect(opens(payment).payment).toBe(payment)
})

test.each([
  ['created', after()],
  ['unknown', after(outcomeUnknown)],
  ['requires_action', after(opens)],
])('money for a payment that is %s is captured, booked and announced', (_status, before) => {
  const { payment, steps } = pays(before)
  expect(payment).toMatchObject({ status: 'captured', captured: usd(7_800), version: before.version + 1 })
  expect(steps).toEqual([
    {
      payment,
      announces: 'captured',
      books: { kind: 'capture', reference: `capture:${created.id}`, entries: customer(7_800) },
    },
  ])
})

test.each([
  ['failed', after(opens, declines)],
  ['canceled', after(opens, cancels)],
  ['expired', after(opens, expires)],
])('money that comes although the payment is %s is booked and given back, and pays for nothing', (status, before) => {
  expect(before.status).toBe(status)
  const { payment, steps } = pays(before)
  expect(payment).toMatchObject({ status: 'captured', captured: usd(7_800) })
  expect(steps).toEqual([
    {
      payment,
      books: expect.objectContaining({ kind: 'capture' }),
      refunds: { amount: usd(7_800), reason: 'late_capture' },
    },
  ])
  expect(pays(payment).steps).toEqual([])
})

test.each([
  ['another amount', { amount: usd(7_799) }],
  ['another currency', { amount: money(7_800, 'EUR') }],
])('%s is never captured: it is set apart and given back, then the payment fails', (_what, { amount }) => {
  const { payment, steps } = observe(after(opens), page('paid', { amount }))
  expect(payment).toMatchObject({ status: 'unknown', mismatched: true, captured: usd(0) })
  expect(steps).toEqual([
    {
      payment,
      refunds: { amount, reason: 'amount_mismatch' },
      books: {
        kind: 'capture',
        reference: `capture:${created.id}`,
        entries: [
          { account: expect.objectContaining({ code: 'provider:sandbox-bank' }), amount },
          { account: expect.objectContaining({ code: 'unmatched' }), amount: { ...amount, amount: -amount.amount } },
        ],
      },
    },
  ])
  for (const later of [opens, pays, paysLess, declines, cancels]) expect(later(payment).steps).toEqual([])

  const back = refundMade(payment, { id: sampleId(9), amount })
  expect(back.payment).toMatchObject({ status: 'failed', failureCode: 'amount_mismatch', refunded: usd(0) })
  expect(back.steps).toMatchObject([{ announces: 'failed', books: { kind: 'refund' } }])
})

test('wrong money that the payer’s bank takes back is booked, and the cart hears that the payment failed', () => {
  const amount = usd(7_799)
  const { payment } = observe(after(opens), page('paid', { amount }))
  const back = observe(payment, page('charged_back', { amount }))
  expect(back.steps).toMatchObject([
    { announces: 'failed', payment: { status: 'failed', failureCode: 'amount_mismatch' } },
    {
      announces: 'charged_back',
      payment: { status: 'charged_back' },
      books: {
        entries: [
          { account: { code: 'unmatched' }, amount },
          { account: { code: 'provider:sandbox-bank' }, amount: usd(-7_799) },
        ],
      },
    },
  ])
  expect(observe(back.payment, page('charged_back', { amount })).steps).toEqual([])

  const refunded = refundMade(payment, { id: sampleId(9), amount }).payment
  const late = observe(refunded, page('charged_back', { amount, chargedBack: usd(0) }))
  expect(late.steps).toEqual([{ payment: late.payment, announces: 'charged_back' }])
})

test('a decline says why', () => {
  const { payment, steps } = declines(after(opens))
  expect(payment).toMatchObject({ status: 'failed', failureCode: 'insufficient_funds' })
  expect(steps).toEqual([{ payment, announces: 'failed' }])
})

describe('giving up', () => {
  test('is only decided at first: the provider may have been paid already', () => {
    const { payment, steps } = giveUp(after(opens), 'canceled')
    expect(payment).toMatchObject({ status: 'requires_action', ending: 'canceled' })
    expect(steps).toEqual([])
    expect(pays(payment).payment).toMatchObject({ status: 'captured', ending: undefined })
  })

  test.each(['canceled', 'expired'] as const)('is done once the provider has canceled: %s', (ending) => {
    const { payment, steps } = cancels(giveUp(after(opens), ending).payment)
    expect(payment.status).toBe(ending)
    expect(steps).toEqual([{ payment, announces: ending }])
  })

  test('keeps the first reason', () => {
    expect(giveUp(giveUp(after(opens), 'expired').payment, 'canceled').payment.ending).toBe('expired')
  })

  test('is done when the provider never heard of the payment; without giving up nothing is over', () => {
    expect(neverOpened(giveUp(created, 'canceled').payment).payment.status).toBe('canceled')
    expect(neverOpened(created)).toEqual({ payment: created, steps: [] })
  })

  test.each([
    ['captured', after(opens, pays)],
    ['failed', after(opens, declines)],
    ['flagged', after(opens, paysLess)],
  ])('is too late for a payment that is %s', (_status, payment) => {
    expect(() => giveUp(payment, 'canceled')).toThrow(PaymentNotCancelable)
  })
})

test('a lost answer makes a new payment unknown, and no other', () => {
  expect(outcomeUnknown(created).payment.status).toBe('unknown')
  expect(outcomeUnknown(after(opens)).steps).toEqual([])
})

test('a refusal ends a new payment, and no other', () => {
  expect(refused(created, 'provider_refused')).toMatchObject({
    payment: { status: 'failed', failureCode: 'provider_refused' },
    steps: [{ announces: 'failed' }],
  })
  expect(refused(after(outcomeUnknown), 'provider_refused').steps).toEqual([])
})

describe('refunds', () => {
  const captured = after(opens, pays)

  test('go up to what was captured', () => {
    expect(refundable(captured, usd(0))).toEqual(usd(7_800))
    expect(refundable(captured, usd(7_000))).toEqual(usd(800))
    expect(refundable(captured, usd(7_000), usd(800))).toEqual(usd(800))
    expect(() => refundable(captured, usd(7_000), usd(801))).toThrow(RefundExceedsCaptured)
    expect(() => refundable(captured, usd(7_800))).toThrow(RefundExceedsCaptured)
    expect(() => refundable(captured, usd(0), money(1, 'EUR'))).toThrow('EUR')
    expect(() => refundable(after(opens), usd(0))).toThrow(RefundExceedsCaptured)
    expect(() => refundable(chargesBack(captured).payment, usd(0))).toThrow(RefundExceedsCaptured)
  })

  test('add up', () => {
    const some = refundMade(captured, { id: sampleId(9), amount: usd(800) })
    expect(some.payment).toMatchObject({ status: 'partially_refunded', refunded: usd(800) })
    expect(some.steps).toMatchObject([
      {
        books: {
          reference: `refund:${sampleId(9)}`,
          refundId: sampleId(9),
          entries: [
            { account: { code: 'customers' }, amount: usd(800) },
            { account: { code: 'provider:sandbox-bank' }, amount: usd(-800) },
          ],
        },
      },
    ])
    expect(refunded(some.payment, 1_000)).toMatchObject({ status: 'partially_refunded', refunded: usd(1_800) })
    expect(refunded(some.payment, 7_000)).toMatchObject({ status: 'refunded', refunded: usd(7_800) })
  })

  test('a chargeback takes what is left', () => {
    const { payment, steps } = chargesBack(refunded(captured, 800))
    expect(payment.status).toBe('charged_back')
    expect(steps).toMatchObject([
      {
        announces: 'charged_back',
        books: {
          entries: [
            { account: { code: 'chargebacks', kind: 'expense' }, amount: usd(7_000) },
            { account: { code: 'provider:sandbox-bank' }, amount: usd(-7_000) },
          ],
        },
      },
    ])
  })
})

test('a chargeback that is heard of before the capture brings both', () => {
  const { payment, steps } = chargesBack(after(opens))
  expect(payment.status).toBe('charged_back')
  expect(steps.map(({ announces, payment: { version } }) => [announces, version])).toEqual([
    ['captured', 3],
    ['charged_back', 4],
  ])
  expect(pays(payment).steps).toEqual([])
})

describe('in whatever order things happen', () => {
  const happenings: Record<string, (payment: Payment) => Change> = {
    opens,
    pays,
    paysLess,
    declines,
    cancels,
    chargesBack,
    outcomeUnknown,
    refused: (payment) => refused(payment, 'provider_refused'),
    neverOpened,
    canceled: (payment) => (isOpen(payment) ? giveUp(payment, 'canceled') : { payment, steps: [] }),
    expired: (payment) => (isOpen(payment) ? giveUp(payment, 'expired') : { payment, steps: [] }),
  }

  /** Every path of this length that changes something at each step. */
  function walk(
    payment: Payment,
    depth: number,
    seen: Change[],
    visit: (change: Change, before: Payment, path: Change[]) => void,
  ) {
    if (depth === 0) return
    for (const happen of Object.values(happenings)) {
      const change = happen(payment)
      visit(change, payment, seen)
      if (change.payment !== payment) walk(change.payment, depth - 1, [...seen, change], visit)
    }
  }

  test('statuses only go forward, and each step counts one version', () => {
    const moves = new Set<string>()
    walk(created, 6, [], ({ steps }, before) => {
      let { status, version } = before
      for (const { payment } of steps) {
        if (payment.status !== status) expect(Object.keys(transitions[status])).toContain(payment.status)
        expect(payment.version).toBe(version + 1)
        moves.add(`${status} ${payment.status}`)
        ;({ status, version } = payment)
      }
    })
    expect(moves).toContain('canceled captured')
  })

  test('at most one capture and one chargeback is booked, each step sums to zero, money that pays nothing goes back', () => {
    walk(created, 6, [], (change, _before, path) => {
      const steps = [...path, change].flatMap(({ steps }) => steps)
      const references = steps.flatMap(({ books }) => (books ? [books.reference] : []))
      expect(new Set(references).size).toBe(references.length)
      for (const { books } of steps)
        if (books) expect(books.entries.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(0)
      const announced = steps.map(({ announces }) => announces)
      if (announced.includes('captured')) expect(steps.some(({ refunds }) => refunds)).toBe(false)
      else expect(steps.some(({ refunds }) => refunds)).toBe(references.some((each) => each.startsWith('capture')))
    })
  })
})

test('no status leads back to one that leads to it, but for the wait for the payer', () => {
  const reachable = (from: PaymentStatus, found = new Set<PaymentStatus>()): Set<PaymentStatus> => {
    for (const next of Object.keys(transitions[from]) as PaymentStatus[])
      if (!found.has(next)) reachable(next, found.add(next))
    return found
  }
  const circular = paymentStatuses.filter((status) => reachable(status).has(status))
  expect(circular).toEqual(['requires_action', 'authorized', 'partially_refunded', 'unknown'])
})

describe('manual capture', () => {
  const manual: Payment = { ...created, captureMode: 'manual' }
  const authorizes = (payment: Payment) => observe(payment, page('authorized'))
  const takes = (amount: number) => (payment: Payment) => observe(payment, page('paid', { captured: usd(amount) }))
  const authorized = authorizes(opens(manual).payment).payment
  const asks = (amount?: number) => askCapture(authorized, amount === undefined ? undefined : usd(amount)).payment

  test('paying only authorises, and gives the shop its own time', () => {
    const { payment, steps } = authorizes(opens(manual).payment)
    expect(payment).toMatchObject({ status: 'authorized', captured: usd(0), expiresAt: manual.authorizedUntil })
    expect(steps).toEqual([{ payment }])
    expect(authorizes(payment)).toEqual({ payment, steps: [] })
  })

  test('a capture is decided, and done when the provider has taken it: all or a part', () => {
    expect(askCapture(authorized)).toEqual({ payment: { ...authorized, capturing: usd(7_800) }, steps: [] })
    const { payment, steps } = takes(5_000)(asks(5_000))
    expect(payment).toMatchObject({ status: 'captured', captured: usd(5_000), capturing: undefined })
    expect(steps).toEqual([
      {
        payment,
        announces: 'captured',
        books: { kind: 'capture', reference: `capture:${created.id}`, entries: customer(5_000) },
      },
    ])
    expect(() => refundable(payment, usd(0), usd(5_001))).toThrow(RefundExceedsCaptured)
    expect(refunded(payment, 5_000).status).toBe('refunded')
  })

  test('the same capture again changes nothing, another one is refused', () => {
    const deciding = asks(5_000)
    expect(askCapture(deciding, usd(5_000))).toEqual({ payment: deciding, steps: [] })
    expect(askCapture(deciding).payment).toBe(deciding)
    expect(() => askCapture(deciding, usd(4_000))).toThrow(PaymentNotCapturable)
    const { payment } = takes(5_000)(deciding)
    expect(askCapture(payment, usd(5_000))).toEqual({ payment, steps: [] })
    expect(() => askCapture(payment, usd(4_000))).toThrow(PaymentNotCapturable)
  })

  test('no more than is authorised, in its currency, and only what is authorised', () => {
    expect(() => asks(7_801)).toThrow(CaptureExceedsAuthorized)
    expect(() => askCapture(authorized, money(1, 'EUR'))).toThrow('EUR and USD')
    for (const payment of [manual, opens(manual).payment, after(opens, pays), after(opens, declines)])
      expect(() => askCapture(payment)).toThrow(PaymentNotCapturable)
  })

  test('what is being captured cannot be given up, and the other way round', () => {
    expect(() => giveUp(asks(), 'canceled')).toThrow(PaymentNotCancelable)
    expect(() => askCapture(giveUp(authorized, 'canceled').payment)).toThrow(PaymentNotCapturable)
    const voided = giveUp(authorized, 'canceled').payment
    expect(isToBeClosed(voided, page('authorized'))).toBe(true)
    expect(cancels(voided).payment.status).toBe('canceled')
  })

  test('a refused capture may be asked for anew', () => {
    expect(captureRefused(asks(5_000)).payment).toEqual(authorized)
    expect(captureRefused(created).payment).toBe(created)
  })

  test('more than was authorised, or nothing, is set apart and given back', () => {
    for (const amount of [7_801, 0]) {
      const { payment, steps } = takes(amount)(asks())
      expect(payment).toMatchObject({ status: 'unknown', mismatched: true, captured: usd(0) })
      expect(steps[0]?.refunds).toEqual({ amount: usd(amount), reason: 'amount_mismatch' })
    }
  })

  test('an authorisation of another amount is let go', () => {
    const { payment } = observe(opens(manual).payment, page('authorized', { amount: usd(1) }))
    expect(payment).toMatchObject({ status: 'requires_action', ending: 'canceled', failureCode: 'amount_mismatch' })
    expect(isToBeClosed(payment, page('authorized', { amount: usd(1) }))).toBe(true)
  })

  test('money that the provider took although it was voided goes back', () => {
    const { payment, steps } = takes(5_000)(cancels(authorized).payment)
    expect(payment.status).toBe('captured')
    expect(steps[0]).toMatchObject({ refunds: { amount: usd(5_000), reason: 'late_capture' } })
    expect(steps[0]?.announces).toBeUndefined()
  })

  test('a chargeback takes what the provider says, at most what is left', () => {
    const paid = takes(5_000)(asks()).payment
    const disputed = (chargedBack: number) =>
      observe(paid, page('charged_back', { captured: usd(5_000), chargedBack: usd(chargedBack) })).steps[0]?.books
    expect(disputed(2_000)?.entries[0]?.amount).toEqual(usd(2_000))
    expect(disputed(9_000)?.entries[0]?.amount).toEqual(usd(5_000))
  })
})
