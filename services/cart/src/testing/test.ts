// #region service-test
import { filesContract } from '@slipway/contracts/files'
import { serviceTest } from '@slipway/testing'
import { cart } from '../app.ts'

/** Whom cart calls, besides SSO. */
export const neighbours = { files: filesContract }
export type Neighbours = typeof neighbours

/** Each test has the whole service, without a network; `test.fresh` for what happens at once. */
export const test = serviceTest(cart.definition, { neighbours })
// #endregion
