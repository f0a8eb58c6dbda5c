import type { Product } from '@slipway/contracts/cart'
import { money } from '@slipway/contracts/primitives'
import type { Line, OpenCart } from '../cart/cart.ts'

export const usd = (amount: number) => money(amount, 'USD')

/** A UUIDv7 that tells samples apart: `sampleId(1)` ends with 1. */
export const sampleId = (number: number) => `01980000-0000-7000-9000-${String(number).padStart(12, '0')}`

export const mug: Product = {
  id: sampleId(1),
  title: 'Mug',
  description: 'Half a litre',
  price: usd(1_450),
  available: true,
}
export const lantern: Product = {
  id: sampleId(2),
  title: 'Lantern',
  description: '',
  price: usd(4_900),
  available: true,
}

export const line = ({ id, title, price, available }: Product, quantity: number): Line => ({
  productId: id,
  title,
  unitPrice: price,
  quantity,
  available,
})

export const openCart = (...lines: Line[]): OpenCart => ({
  id: sampleId(100),
  userId: sampleId(200),
  currency: 'USD',
  version: 1,
  lines,
  endedPayments: [],
  status: 'open',
})
