// #region service-test
import { serviceTest } from '@slipway/testing'
import { cart } from '../app.ts'

/** Each test has the whole service, without a network; `test.fresh` for what happens at once. */
export const test = serviceTest(cart.definition)
// #endregion
