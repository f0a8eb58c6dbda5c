import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { UpstreamProblem } from '@slipway/s2s'
import type { Deps } from '../deps.ts'

type ReleaseDeps = Pick<Deps, 'transaction' | 'cart'>

const batch = 50

/** Gives back carts of attempts that died, or lost cart's answer, before their payment existed. */
export class ReleaseAbandonedCarts extends PeriodicJob {
  readonly name = 'release-abandoned-carts'
  readonly everyMs = 10_000
  readonly #deps: ReleaseDeps

  constructor(deps: ReleaseDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    const { transaction, cart } = this.#deps
    const abandoned = await transaction((tx) => tx.checkouts.takeAbandoned(batch))
    for (const { paymentId, cartId } of abandoned) {
      if (signal.aborted) return
      try {
        await cart.release(cartId, { paymentId })
      } catch (error) {
        if (!isGone(error)) {
          logger.warn({ err: error, paymentId, cartId }, 'an abandoned cart could not be given back yet')
          continue
        }
      }
      await transaction((tx) => tx.checkouts.released(paymentId))
      logger.info({ paymentId, cartId }, 'an abandoned cart was given back')
    }
  }
}

/** Any other refusal says nothing of the cart, which stays locked: of our permissions, of too many requests. */
const isGone = (error: unknown) => error instanceof UpstreamProblem && error.code === 'CART_NOT_FOUND'
