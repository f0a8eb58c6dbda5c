import type { NewPayment } from '@slipway/contracts/acquiring'
import type { FrozenCart } from '@slipway/contracts/cart'
import { exchange, UpstreamProblem } from '@slipway/s2s'
import type { Deps } from '../deps.ts'
import { AttemptLost, IdempotencyKeyInUse } from '../idempotency/errors.ts'
import type { Attempt } from '../idempotency/idempotency.store.ts'
import { newPayment, type Payment } from '../payment/payment.ts'
import { recordNew } from '../payment/record-change.ts'
import type { Checkout } from './checkout.store.ts'
import { whyNotPayable } from './payable.ts'

type CheckoutDeps = Pick<
  Deps,
  'transaction' | 'cart' | 'clock' | 'newId' | 'providers' | 'patience' | 'captureMode' | 'currencies'
>

/** Refusals of cart that leave nothing locked. */
const clear = new Set([404, 409])

interface Shopper {
  readonly id: string
  readonly token: string
}

/**
 * The payment of a cart, its total frozen by cart. It may be cut after any line: the payment's id is kept before cart is
 * asked to lock anything, so that a later attempt goes on with it, or else the cart is given back.
 *
 * @throws what cart refuses with; CurrencyNotSupported, NothingToPay; AttemptLost, IdempotencyKeyInUse
 */
export async function checkout(deps: CheckoutDeps, attempt: Attempt, shopper: Shopper, body: NewPayment) {
  const begun = await begin(deps, attempt, body.cartId)
  if (begun.payment) return begun.payment
  const { total } = await freeze(deps, begun.checkout, shopper)
  const refusal = whyNotPayable(total, deps.currencies)
  if (refusal) {
    await giveBack(deps, begun.checkout)
    throw refusal
  }
  return create(deps, attempt, begun.checkout, {
    id: begun.checkout.paymentId,
    userId: shopper.id,
    cartId: body.cartId,
    provider: deps.providers.current.name,
    captureMode: deps.captureMode,
    returnUrl: body.returnUrl,
    amount: total,
    createdAt: deps.clock.now(),
  })
}

type Begun = { readonly payment: Payment } | { readonly payment?: undefined; readonly checkout: Checkout }

/** Settles which payment this request makes: the one that an earlier attempt began, or a new one. */
function begin({ transaction, newId }: CheckoutDeps, attempt: Attempt, cartId: string): Promise<Begun> {
  return transaction(async (tx) => {
    const begun = attempt.resourceId
    if (begun) {
      await tx.idempotency.hold(attempt)
      const payment = await tx.payments.find(begun)
      if (payment) return { payment }
      const taken = await tx.checkouts.takeOver(begun, attempt.id)
      if (taken === 'releasing') throw new IdempotencyKeyInUse()
      if (taken === 'taken') return { checkout: { paymentId: begun, cartId, attemptId: attempt.id } }
    }
    // the id of a payment whose cart was given back is used up: cart does not lock anything for it again
    const checkout = { paymentId: newId(), cartId, attemptId: attempt.id }
    await tx.idempotency.hold(attempt, checkout.paymentId)
    await tx.checkouts.start(checkout)
    return { checkout }
  })
}

async function freeze({ cart, transaction }: CheckoutDeps, checkout: Checkout, shopper: Shopper): Promise<FrozenCart> {
  const { cartId, paymentId } = checkout
  try {
    return await cart.checkout(cartId, { paymentId }, exchange(shopper))
  } catch (error) {
    if (error instanceof UpstreamProblem && clear.has(error.status))
      await transaction((tx) => tx.checkouts.forget(checkout))
    throw error
  }
}

/** At once, rather than when it counts as abandoned. */
async function giveBack({ cart, transaction }: CheckoutDeps, checkout: Checkout) {
  await cart.release(checkout.cartId, { paymentId: checkout.paymentId })
  await transaction((tx) => tx.checkouts.forget(checkout))
}

const create = (
  { transaction, patience }: CheckoutDeps,
  attempt: Attempt,
  checkout: Checkout,
  beginning: Parameters<typeof newPayment>[0],
): Promise<Payment> =>
  transaction(async (tx) => {
    if (!(await tx.checkouts.finish(checkout))) throw new AttemptLost()
    await tx.idempotency.hold(attempt)
    return recordNew(tx, newPayment(beginning, patience), 'checkout')
  })
