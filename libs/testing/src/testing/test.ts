import { cartContract } from '@slipway/contracts/cart'
import { serviceTest } from '../service-test.ts'
import { user } from '../tokens/tokens.ts'
import { kiosk } from './kiosk.ts'

// #region kiosk-test
export const test = serviceTest(kiosk, { neighbours: { cart: cartContract } })
// #endregion

export const cartId = '01980000-0000-7000-9000-000000000001'
export const shopper = user({ id: '01980000-0000-7000-9000-000000000002' })

/** What cart answers to a checkout. */
export const frozen = { cartId, version: 4, total: { amount: 7_800, currency: 'USD' }, items: [] }

export const order = { cartId }
