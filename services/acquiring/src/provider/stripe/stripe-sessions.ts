import type Stripe from 'stripe'
import type { PaymentToOpen } from '../payment-provider.ts'
import { amountOf } from './stripe-amount.ts'
import { clear, KeyReused, KeySpent } from './stripe-errors.ts'

/** Failures are kept under a key like any answer, so there are some more; then the payment is left to its expiry. */
const keysOf = (id: string) => [`${id}:open`, ...[2, 3, 4, 5].map((number) => `${id}:open:${number}`)]

/** Our clock and Stripe's may be apart. */
const apartSeconds = 600

/**
 * Opens the session of a payment, or answers with the id of the one that was opened before. The next key is taken only
 * once Stripe has said that the one before failed for good: so whoever opens the payment at the same time takes the same
 * key and gets the same session, and nobody was ever sent to one that a failure may have left behind.
 *
 * @throws KeySpent when no key makes one, ProviderRefused, ProviderUnclear
 */
export async function openSession(
  stripe: Stripe,
  payment: PaymentToOpen,
  usualReturnUrl: string,
): Promise<{ made: Stripe.Checkout.Session } | { madeBefore: string }> {
  const params = paramsOf(payment, payment.returnUrl ?? usualReturnUrl)
  let spent: KeySpent | undefined
  for (const idempotencyKey of keysOf(payment.id)) {
    try {
      const made = await clear(stripe.checkout.sessions.create(params, { idempotencyKey }))
      return isRepeated(made) ? { madeBefore: made.id } : { made }
    } catch (error) {
      if (!(error instanceof KeySpent)) throw error
      spent = error
    }
    // asked for otherwise before, as with the address of an older release: perhaps a payer is being sent there
    if (spent instanceof KeyReused) {
      const known = await clear(newestOf(stripe, payment))
      if (known) return { madeBefore: known.id }
      throw spent
    }
  }
  throw spent!
}

function paramsOf({ id, amount, captureMode }: PaymentToOpen, returnUrl: string): Stripe.Checkout.SessionCreateParams {
  const { currency, units } = amountOf(amount)
  const address = new URL(returnUrl)
  address.searchParams.set('reference', id)
  return {
    mode: 'payment',
    client_reference_id: id,
    metadata: { paymentId: id },
    payment_intent_data: { capture_method: captureMode, metadata: { paymentId: id } },
    line_items: [
      { quantity: 1, price_data: { currency, unit_amount: units, product_data: { name: `Payment ${id}` } } },
    ],
    ...{ success_url: address.href, cancel_url: address.href },
  }
}

/** Stripe cannot look for our ids: all sessions since then are gone through. */
async function newestOf(stripe: Stripe, { id, createdAt }: PaymentToOpen) {
  const created = { gte: Math.floor(createdAt.getTime() / 1_000) - apartSeconds }
  for await (const session of stripe.checkout.sessions.list({ created, limit: 100 }))
    if (session.client_reference_id === id) return session
  return undefined
}

/** The library hands on the response of `fetch` as it is, whatever its types say. */
const isRepeated = ({ lastResponse }: { lastResponse: unknown }) =>
  (lastResponse as Response).headers.get('idempotent-replayed') === 'true'
