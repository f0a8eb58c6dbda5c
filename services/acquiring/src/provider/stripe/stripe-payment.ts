import type Stripe from 'stripe'
import type { ProviderPayment, ProviderRefund } from '../payment-provider.ts'
import { fromStripe } from './stripe-amount.ts'

/** A session with what it was asked to be expanded with. */
export type ExpandedSession = Stripe.Checkout.Session

/** What has to be known of a session: the money itself is in its payment intent, which is there once the payer has begun. */
export const expand = ['payment_intent.latest_charge']

/** What a checkout session and its payment intent are in our words. `disputed` is what the payer's bank took back. */
export function toPayment(session: ExpandedSession, disputed?: Stripe.Dispute): ProviderPayment {
  const intent = intentOf(session)
  const taken = intent && intent.amount_received > 0 && fromStripe(intent.amount_received, intent.currency)
  const status = disputed ? 'charged_back' : statusOf(session, intent)
  return {
    id: session.id,
    reference: session.client_reference_id ?? '',
    status,
    amount: fromStripe(session.amount_total ?? 0, session.currency ?? ''),
    ...(session.url && { url: session.url }),
    ...(intent && { chargeId: intent.id }),
    ...(taken && { captured: taken }),
    ...(status === 'declined' && { declineCode: declineCodeOf(intent) }),
    ...(disputed && { chargedBack: fromStripe(disputed.amount, disputed.currency) }),
  }
}

/**
 * A card that is declined ends nothing: the payer may try another one on the page. Once that is done with, the money is
 * on its way (debits, vouchers), and when it does not come nobody can try again.
 */
function statusOf(session: ExpandedSession, intent: Stripe.PaymentIntent | undefined): ProviderPayment['status'] {
  if (intent?.status === 'succeeded') return 'paid'
  if (intent?.status === 'requires_capture') return 'authorized'
  if (intent?.status === 'canceled' || session.status === 'expired') return 'canceled'
  if (session.status === 'complete' && intent?.status === 'requires_payment_method') return 'declined'
  return 'open'
}

const declineCodeOf = (intent: Stripe.PaymentIntent | undefined) =>
  intent?.last_payment_error?.decline_code ?? intent?.last_payment_error?.code

export const intentOf = ({ payment_intent: intent }: ExpandedSession) =>
  typeof intent === 'object' && intent !== null ? intent : undefined

/** Whether the payer's bank has asked for its money back, so that the disputes have to be looked at. */
export function isDisputed(session: ExpandedSession): boolean {
  const charge = intentOf(session)?.latest_charge
  return typeof charge === 'object' && charge !== null && charge.disputed
}

/** An inquiry moves no money, and neither does a dispute that was won. */
export const movesMoney = ({ status }: Stripe.Dispute) => !status.startsWith('warning_') && status !== 'won'

export function toRefund({ id, status }: Stripe.Refund): ProviderRefund {
  if (status === 'succeeded') return { id, status }
  return { id, status: status === 'failed' || status === 'canceled' ? 'failed' : 'pending' }
}
