import { describe, expect, test } from 'vitest'
import { CartEmpty, CartLocked, CartPaid, PaymentNotAccepted } from '../cart/errors.ts'
import { lantern, line, mug, openCart, sampleId, usd } from '../testing/samples.ts'
import { canBePaid, frozenVersion, isPaidBy, lock, markPaid, release } from './checkout.ts'

const payment = sampleId(300)
const other = sampleId(301)
const cart = openCart(line(mug, 2), line(lantern, 1))
const locked = lock(cart, payment)
const paid = markPaid(locked)

describe('lock', () => {
  test('freezes the lines and their total', () => {
    expect(locked).toEqual({ ...cart, status: 'locked', paymentId: payment, total: usd(7_800), version: 2 })
  })

  test('drops what cannot be bought', () => {
    expect(lock(openCart(line(mug, 2), line({ ...lantern, available: false }, 1)), payment)).toMatchObject({
      lines: [line(mug, 2)],
      total: usd(2_900),
    })
  })

  test('gives the same payment the same cart, locked or paid', () => {
    expect(lock(locked, payment)).toBe(locked)
    expect(lock(locked, payment.toUpperCase())).toBe(locked)
    expect(lock(paid, payment)).toBe(paid)
    expect([frozenVersion(locked), frozenVersion(paid)]).toEqual([2, 2])
  })

  test('refuses another payment, an empty cart, and a payment that has ended', () => {
    expect(() => lock(locked, other)).toThrow(CartLocked)
    expect(() => lock(paid, other)).toThrow(CartPaid)
    expect(() => lock(openCart(), payment)).toThrow(CartEmpty)
    expect(() => lock(openCart(line({ ...mug, available: false }, 1)), payment)).toThrow(CartEmpty)
    expect(() => lock(release(locked, payment), payment)).toThrow(PaymentNotAccepted)
    expect(() => lock(release(cart, payment), payment.toUpperCase())).toThrow(PaymentNotAccepted)
  })
})

describe('release', () => {
  test('opens the cart that this payment holds', () => {
    expect(release(locked, payment)).toEqual({ ...cart, version: 3, endedPayments: [payment] })
  })

  test('remembers a payment that holds nothing, and changes nothing else', () => {
    expect(release(cart, payment)).toEqual({ ...cart, endedPayments: [payment] })
    expect(release(locked, other)).toEqual({ ...locked, endedPayments: [other] })
  })

  test('does nothing the second time, and nothing to a paid cart', () => {
    const released = release(locked, payment)
    expect(release(released, payment)).toBe(released)
    expect(release(paid, payment)).toBe(paid)
    expect(release(paid, other)).toBe(paid)
  })

  test('remembers the newest fifty payments', () => {
    const ids = Array.from({ length: 51 }, (_, index) => sampleId(400 + index))
    expect(ids.reduce(release, cart).endedPayments).toEqual(ids.slice(1))
  })
})

describe('paying', () => {
  const capture = { paymentId: payment, userId: cart.userId, amount: usd(7_800) }

  test('takes the payment that the cart is locked to and its exact total', () => {
    expect(canBePaid(locked, capture)).toBe(true)
    expect(paid).toEqual({ ...locked, status: 'paid', version: 3 })
    expect([isPaidBy(paid, payment), isPaidBy(paid, other), isPaidBy(locked, payment)]).toEqual([true, false, false])
  })

  test.each([
    ['another payment', locked, { ...capture, paymentId: other }],
    ['a lower amount', locked, { ...capture, amount: usd(7_799) }],
    ['a higher amount', locked, { ...capture, amount: usd(7_801) }],
    ['another currency', locked, { ...capture, amount: { amount: 7_800, currency: 'EUR' } }],
    ['another person', locked, { ...capture, userId: sampleId(201) }],
    ['an open cart', release(locked, payment), capture],
    ['a paid cart', paid, { ...capture, paymentId: other }],
  ])('refuses %s', (_, state, payment) => {
    expect(canBePaid(state, payment)).toBe(false)
  })
})
