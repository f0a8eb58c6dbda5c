import { cartContract } from '@slipway/contracts/cart'
import type { Answered, Asked, Neighbour } from '@slipway/testing'
import { sampleId, usd } from './samples.ts'

/** Cart's answers: one cart of 78 dollars, and which payment holds it. */
export class Shop {
  readonly cartId = sampleId(100)
  total = usd(7_800)
  /** Requests that cart got, oldest first. */
  readonly calls: Asked[] = []
  /** Payment that the cart is locked to. */
  lockedTo: string | undefined
  /** Cart's answer instead of the usual one; what it is asked to do it does all the same when `losesAnswers`. */
  refusal: Answered | undefined
  losesAnswers = false

  constructor(cart: Neighbour) {
    cart.answers(cartContract.checkout, (asked) => this.#answer(asked, (paymentId) => this.#checkout(paymentId)))
    cart.answers(cartContract.release, (asked) => this.#answer(asked, (paymentId) => this.#release(paymentId)))
  }

  #answer(asked: Asked, act: (paymentId: string) => Answered): Answered {
    this.calls.push(asked)
    const answer = this.refusal ?? act((asked.body as { paymentId: string }).paymentId)
    return this.losesAnswers ? { status: 503 } : answer
  }

  #checkout(paymentId: string): Answered {
    if (this.lockedTo && this.lockedTo !== paymentId)
      return { status: 409, problem: { code: 'CART_LOCKED', detail: 'Being paid', paymentId: this.lockedTo } }
    this.lockedTo = paymentId
    return { status: 200, json: { cartId: this.cartId, version: 4, total: this.total, items: [] } }
  }

  #release(paymentId: string): Answered {
    if (this.lockedTo === paymentId) this.lockedTo = undefined
    return { status: 204 }
  }
}
