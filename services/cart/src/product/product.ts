import type { NewProduct, Product } from '@slipway/contracts/cart'
import type { Money } from '@slipway/contracts/primitives'
import { AppError } from '@slipway/errors'

export class ProductNotFound extends AppError {
  readonly code = 'PRODUCT_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such product')
  }
}

export class CurrencyNotSupported extends AppError {
  readonly code = 'CURRENCY_NOT_SUPPORTED'
  readonly status = 400
  constructor(currency: string) {
    super(`This shop sells in ${currency} only`, { extensions: { currency } })
  }
}

/** The shop sells in one currency. @throws CurrencyNotSupported */
export function checkPrice(price: Money, currency: string) {
  if (price.currency !== currency) throw new CurrencyNotSupported(currency)
}

/** @throws CurrencyNotSupported */
export function createProduct(id: string, { description = '', ...rest }: NewProduct, currency: string): Product {
  checkPrice(rest.price, currency)
  return { id, description, ...rest, available: true }
}
