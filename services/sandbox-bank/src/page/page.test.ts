import { expect, test } from 'vitest'
import type { CardBehaviour } from '../card/test-card.ts'
import { usd } from '../testing/merchant.ts'
import { cancel, capture, chargeBack, confirm, pay, refund, returnAddress, type PaymentPage } from './page.ts'

const open: PaymentPage = {
  id: '0192f1d0-0000-7000-8000-000000000001',
  reference: 'payment-1',
  amount: { amount: 1_250, currency: 'USD' },
  capture: 'automatic',
  captured: usd(0),
  refunded: usd(0),
  disputed: false,
  returnUrl: 'https://shop.test/done?step=3',
  status: 'open',
  sequence: 0,
  faults: [],
  createdAt: new Date('2030-01-01T00:00:00Z'),
}
const used = { brand: 'Visa', last4: '4242' }
const card = (behaviour: CardBehaviour) => ({ ...used, behaviour })
const paid: PaymentPage = { ...open, card: used, status: 'paid', captured: usd(1_250), sequence: 1 }
const asking: PaymentPage = { ...open, card: used, status: 'requires_confirmation' }
const closed = [
  paid,
  { ...paid, status: 'charged_back' },
  { ...open, status: 'declined' },
  { ...open, status: 'canceled' },
] as const

test('a good card charges once and tells the merchant', () => {
  expect(pay(open, card({ kind: 'pays' }))).toEqual({
    page: paid,
    announce: 'page.paid',
    charge: usd(1_250),
  })
  expect(pay(open, card({ kind: 'pays-and-is-charged-back' })).page.disputed).toBe(true)
})

test('a declined card ends the page with its reason', () => {
  expect(pay(open, card({ kind: 'declines', declineCode: 'insufficient_funds' }))).toEqual({
    page: { ...open, card: used, status: 'declined', declineCode: 'insufficient_funds', sequence: 1 },
    announce: 'page.declined',
  })
})

test('a card that asks for confirmation moves no money before the answer', () => {
  expect(pay(open, card({ kind: 'asks-for-confirmation' }))).toEqual({ page: asking })
  expect(confirm(asking, true)).toEqual({ page: paid, announce: 'page.paid', charge: usd(1_250) })
  expect(confirm(asking, false)).toEqual({
    page: { ...asking, status: 'declined', declineCode: 'authentication_failed', sequence: 1 },
    announce: 'page.declined',
  })
})

test('a closed page takes no payment and no confirmation', () => {
  for (const page of [...closed, asking]) expect(() => pay(page, card({ kind: 'pays' }))).toThrow('does not take')
  for (const page of [...closed, open]) expect(() => confirm(page, true)).toThrow('does not take')
})

test('an unpaid page can be canceled, again and again; a paid one cannot', () => {
  expect(cancel(open)).toEqual({ page: { ...open, status: 'canceled', sequence: 1 }, announce: 'page.canceled' })
  expect(cancel(asking).page.status).toBe('canceled')
  expect(cancel({ ...open, status: 'canceled' })).toEqual({ page: { ...open, status: 'canceled' } })
  expect(cancel({ ...open, status: 'declined' })).toEqual({ page: { ...open, status: 'declined' } })
  expect(() => cancel(paid)).toThrow('has been paid')
  expect(() => cancel({ ...paid, status: 'charged_back' })).toThrow('has been paid')
})

test('refunds add up to the charge and no further', () => {
  const half = refund(paid, { amount: 1_000, currency: 'USD' })
  expect(half).toEqual({ page: { ...paid, refunded: usd(1_000), sequence: 2 }, announce: 'refund.succeeded' })
  expect(() => refund(half.page, { amount: 251, currency: 'USD' })).toThrow('No more than $2.50')
  expect(refund(half.page, { amount: 250, currency: 'USD' }).page.refunded).toEqual(usd(1_250))
})

test('only paid money of the same currency is refunded', () => {
  expect(() => refund(paid, { amount: 1, currency: 'EUR' })).toThrow('EUR and USD')
  for (const page of [open, asking, ...closed.slice(1)])
    expect(() => refund(page, { amount: 1, currency: 'USD' })).toThrow('Only a paid page')
})

test('a charge-back takes what is left, once', () => {
  const { page, announce, chargeBack: taken } = chargeBack({ ...paid, refunded: usd(50) })
  expect([page.status, announce, taken]).toEqual(['charged_back', 'page.charged_back', usd(1_200)])
  expect(chargeBack(page)).toEqual({ page })
  expect(chargeBack({ ...paid, refunded: usd(1_250) }).announce).toBeUndefined()
})

test('the payer goes back with the reference, whatever the address held before', () => {
  expect(returnAddress(open)).toBe('https://shop.test/done?step=3&reference=payment-1')
  expect(returnAddress({ ...open, returnUrl: undefined })).toBeUndefined()
})

const authorized: PaymentPage = { ...open, capture: 'manual', card: used, status: 'authorized', sequence: 1 }

test('with manual capture paying only authorises', () => {
  const manual: PaymentPage = { ...open, capture: 'manual' }
  expect(pay(manual, card({ kind: 'pays' }))).toEqual({ page: authorized, announce: 'page.authorized' })
  expect(confirm({ ...asking, capture: 'manual' }, true).page.status).toBe('authorized')
})

test('a capture takes all or a part, once', () => {
  expect(capture(authorized)).toEqual({
    page: { ...authorized, status: 'paid', captured: usd(1_250), sequence: 2 },
    announce: 'page.paid',
    charge: usd(1_250),
  })
  const { page, charge } = capture(authorized, usd(1_000))
  expect([page.captured, charge]).toEqual([usd(1_000), usd(1_000)])
  expect(capture(page, usd(1_000))).toEqual({ page })
  expect(() => capture(page, usd(250))).toThrow('Only an authorised page')
  expect(() => refund(page, usd(1_001))).toThrow('No more than $10.00')
})

test('no capture of more, of nothing, of another currency, or of what is not authorised', () => {
  expect(() => capture(authorized, usd(1_251))).toThrow('No more than $12.50')
  expect(() => capture(authorized, usd(0))).toThrow('more than zero')
  expect(() => capture(authorized, { amount: 1, currency: 'EUR' })).toThrow('EUR and USD')
  for (const page of [open, asking, ...closed]) expect(() => capture(page)).toThrow('Only an authorised page')
})

test('what is authorised can be let go', () => {
  expect(cancel(authorized)).toEqual({
    page: { ...authorized, status: 'canceled', sequence: 2 },
    announce: 'page.canceled',
  })
})
