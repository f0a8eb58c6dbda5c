import { CurrencyMismatch } from '@slipway/contracts/primitives'
import { expect, test } from 'vitest'
import { lock, markPaid } from '../checkout/checkout.ts'
import { ProductNotFound } from '../product/product.ts'
import { lantern, line, mug, openCart, sampleId, usd } from '../testing/samples.ts'
import { empty, removeItem, setItem, total, type Cart } from './cart.ts'
import { cartView } from './cart-view.ts'
import { CartFull, CartLocked, CartPaid } from './errors.ts'

const payment = sampleId(300)

test('setting an item adds it at the end or changes it in place', () => {
  const two = setItem(setItem(openCart(), mug, 2), lantern, 1)
  expect(two).toEqual({ ...openCart(line(mug, 2), line(lantern, 1)), version: 3 })
  expect(setItem(two, mug, 5)).toEqual({ ...openCart(line(mug, 5), line(lantern, 1)), version: 4 })
})

test('zero removes, like removing does', () => {
  const cart = openCart(line(mug, 2), line(lantern, 1))
  const left = { ...openCart(line(lantern, 1)), version: 2 }
  expect(setItem(cart, mug, 0)).toEqual(left)
  expect(removeItem(cart, mug.id)).toEqual(left)
})

test('what changes nothing counts no version', () => {
  const cart = openCart(line(mug, 2))
  expect(setItem(cart, mug, 2)).toBe(cart)
  expect(setItem(cart, lantern, 0)).toBe(cart)
  expect(removeItem(cart, lantern.id)).toBe(cart)
  expect(empty(openCart(line(mug, 2)))).toEqual({ ...openCart(), version: 2 })
  const nothing = openCart()
  expect(empty(nothing)).toBe(nothing)
})

test('a withdrawn product cannot be put in, only taken out', () => {
  const withdrawn = { ...mug, available: false }
  expect(() => setItem(openCart(), withdrawn, 1)).toThrow(ProductNotFound)
  expect(setItem(openCart(line(withdrawn, 1)), withdrawn, 0)).toEqual({ ...openCart(), version: 2 })
})

test('currencies do not mix', () => {
  const foreign = { ...mug, price: { amount: 1, currency: 'EUR' } }
  expect(() => setItem(openCart(), foreign, 1)).toThrow(CurrencyMismatch)
})

test('a cart holds a hundred products and no more', () => {
  const goods = Array.from({ length: 101 }, (_, index) => ({ ...mug, id: sampleId(index) }))
  const full = goods.slice(0, 100).reduce((cart: Cart, product) => setItem(cart, product, 1), openCart())
  expect(full.lines).toHaveLength(100)
  expect(() => setItem(full, goods[100]!, 1)).toThrow(CartFull)
  expect(setItem(full, goods[99]!, 2).lines).toHaveLength(100)
})

test('a locked or paid cart is not changed', () => {
  const locked = lock(openCart(line(mug, 2)), payment)
  const paid = markPaid(locked)
  for (const change of [
    (cart: Cart) => setItem(cart, mug, 1),
    (cart: Cart) => setItem(cart, mug, 0),
    (cart: Cart) => removeItem(cart, mug.id),
    empty,
  ]) {
    expect(() => change(locked)).toThrow(CartLocked)
    expect(() => change(paid)).toThrow(CartPaid)
  }
})

test('the total is what can be bought', () => {
  expect(total(openCart())).toEqual(usd(0))
  expect(total(openCart(line(mug, 2), line(lantern, 1)))).toEqual(usd(7_800))
  expect(total(openCart(line(mug, 2), line({ ...lantern, available: false }, 1)))).toEqual(usd(2_900))
})

test('the view leaves out what cannot be bought and names the payment that holds the cart', () => {
  const cart = openCart(line(mug, 2), line({ ...lantern, available: false }, 1))
  const items = [{ productId: mug.id, title: 'Mug', unitPrice: usd(1_450), quantity: 2, lineTotal: usd(2_900) }]
  expect(cartView(cart)).toEqual({ id: cart.id, version: 1, status: 'open', items, total: usd(2_900) })
  expect(cartView(lock(cart, payment))).toEqual({
    id: cart.id,
    version: 2,
    status: 'locked',
    paymentId: payment,
    items,
    total: usd(2_900),
  })
})
