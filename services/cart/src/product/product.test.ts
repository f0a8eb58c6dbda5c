import { expect, test } from 'vitest'
import { usd } from '../testing/samples.ts'
import { checkPrice, createProduct, CurrencyNotSupported } from './product.ts'

test('a new product is for sale and may go without a description', () => {
  expect(createProduct('p1', { title: 'Mug', price: usd(1_450) }, 'USD')).toEqual({
    id: 'p1',
    title: 'Mug',
    description: '',
    price: usd(1_450),
    available: true,
  })
})

test('a price in another currency than the shop’s is refused', () => {
  expect(() => createProduct('p1', { title: 'Mug', price: usd(1_450) }, 'EUR')).toThrow(CurrencyNotSupported)
  expect(() => checkPrice(usd(1_450), 'EUR')).toThrow('EUR only')
  expect(() => checkPrice(usd(1_450), 'USD')).not.toThrow()
})
