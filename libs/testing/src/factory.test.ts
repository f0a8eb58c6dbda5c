import { expect, test } from 'vitest'
import { factory } from './factory.ts'

const product = factory((number) => ({ id: number, title: `Product ${number}`, price: 100 * number }))

test.each([1, 2])('each test begins to count anew (%i)', () => {
  expect(product()).toEqual({ id: 1, title: 'Product 1', price: 100 })
  expect(product({ price: 5 })).toEqual({ id: 2, title: 'Product 2', price: 5 })
  expect(product.list(2, { title: 'Mug' })).toEqual([
    { id: 3, title: 'Mug', price: 300 },
    { id: 4, title: 'Mug', price: 400 },
  ])
})
