import { InvalidSettings } from '@slipway/config'
import { expect, test } from 'vitest'
import { checkSettings } from './config.ts'

test('products are not seeded in production', () => {
  const check = (NODE_ENV: 'production' | 'development', SEED_PRODUCTS: boolean) => () =>
    checkSettings({ NODE_ENV, SEED_PRODUCTS, CURRENCY: 'USD' })
  expect(check('production', true)).toThrow(InvalidSettings)
  expect(check('production', true)).toThrow('SEED_PRODUCTS must be false in production')
  expect(check('production', false)).not.toThrow()
  expect(check('development', true)).not.toThrow()
})

test('a shop sells in a currency that there is', () => {
  const check = (CURRENCY: string) => () => checkSettings({ NODE_ENV: 'production', SEED_PRODUCTS: false, CURRENCY })
  expect(check('ABC')).toThrow(InvalidSettings)
  expect(check('ABC')).toThrow('CURRENCY must be a currency of ISO 4217')
  expect(check('JPY')).not.toThrow()
})
