import type { Neighbours } from '@slipway/testing'
import { cartUrl, ssoUrl } from './environment.ts'
import { replyWith, type Reply, type Sent } from './reply-with.ts'
import { sampleId, usd } from './samples.ts'

/** Cart's and SSO's answers: one cart of 78 dollars, and which payment holds it. */
export class Shop {
  readonly cartId = sampleId(100)
  readonly total = usd(7_800)
  /** Requests that cart got, oldest first. */
  readonly calls: Sent[] = []
  /** Payment that the cart is locked to. */
  lockedTo: string | undefined
  /** Cart's answer instead of the usual one; what it is asked to do it does all the same when `losesAnswers`. */
  refusal: Reply | undefined
  losesAnswers = false

  constructor(neighbours: Neighbours) {
    replyWith(neighbours, ssoUrl, ({ body }) => ({
      status: 200,
      json: {
        access_token: new URLSearchParams(String(body)).get('audience') ? 'delegated-token' : 'service-token',
        token_type: 'Bearer',
        expires_in: 900,
      },
    }))
    replyWith(neighbours, cartUrl, (sent) => this.#answer(sent))
  }

  #answer(sent: Sent): Reply {
    this.calls.push(sent)
    const reply = this.refusal ?? this.#act(sent)
    return this.losesAnswers ? { status: 503 } : reply
  }

  #act({ path, body }: Sent): Reply {
    const { paymentId } = body as { paymentId: string }
    if (path.endsWith('/release')) {
      if (this.lockedTo === paymentId) this.lockedTo = undefined
      return { status: 204 }
    }
    if (this.lockedTo && this.lockedTo !== paymentId)
      return { status: 409, json: { code: 'CART_LOCKED', detail: 'Being paid', paymentId: this.lockedTo } }
    this.lockedTo = paymentId
    return { status: 200, json: { cartId: this.cartId, version: 4, total: this.total, items: [] } }
  }
}
