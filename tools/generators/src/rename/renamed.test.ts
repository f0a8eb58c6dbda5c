import { expect, test } from 'vitest'
import { renamed } from './renamed.ts'

const from = { name: 'old-shop', scope: '@oldies', title: 'The Old Shop' }
const to = { name: 'acme', scope: '@acme-inc', title: 'Acme' }

test.each([
  [`import { cart } from '@oldies/cart'`, `import { cart } from '@acme-inc/cart'`],
  ['The Old Shop is ready', 'Acme is ready'],
  ['OLD_SHOP_DATA_DIR=.old-shop', 'ACME_DATA_DIR=.acme'],
  ['class OldShopError {} // oldShop', 'class AcmeError {} // acme'],
  ['an old shop', 'an old shop'],
])('%s becomes %s', (before, after) => {
  expect(renamed(before, from, to)).toBe(after)
})
