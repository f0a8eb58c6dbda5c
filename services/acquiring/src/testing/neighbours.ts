// #region neighbours
import { cartContract } from '@slipway/contracts/cart'
import { sandboxBankContract } from '@slipway/contracts/sandbox-bank'

/** Whom acquiring calls, besides SSO. */
export const neighbours = { cart: cartContract, sandboxBank: sandboxBankContract }
// #endregion
