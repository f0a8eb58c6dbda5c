import { cartContract } from '@slipway/contracts/cart'
import { checkContract } from '@slipway/testing'
import { test } from '../testing/test.ts'

// #region contract
test('cart answers what its contract says', ({ api }) => {
  checkContract(api.routes, '/cart', cartContract)
})
// #endregion
