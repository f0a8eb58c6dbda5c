import type { Product } from '@slipway/contracts/cart'
import { factory } from '@slipway/testing'
import { sampleId, usd } from './samples.ts'

// #region factories
export const product = factory((number): Product => ({
  id: sampleId(1_000 + number),
  title: `Product ${number}`,
  description: '',
  price: usd(100 * number),
  available: true,
}))
// #endregion
