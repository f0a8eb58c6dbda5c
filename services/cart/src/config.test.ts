import { InvalidSettings } from '@slipway/config'
import { expect, test } from 'vitest'
import { checkSettings } from './config.ts'

test('products are not seeded in production', () => {
  const check = (NODE_ENV: 'production' | 'development', SEED_PRODUCTS: boolean) => () =>
    checkSettings({ NODE_ENV, SEED_PRODUCTS })
  expect(check('production', true)).toThrow(InvalidSettings)
  expect(check('production', true)).toThrow('SEED_PRODUCTS must be false in production')
  expect(check('production', false)).not.toThrow()
  expect(check('development', true)).not.toThrow()
})
