import type Stripe from 'stripe'
import type { ProviderNotice } from '../payment-provider.ts'

type About = ProviderNotice['about']

const idOf = (object: string | { id: string } | null) => (typeof object === 'string' ? object : object?.id)

/** Whom an event is about. Its snapshot may be old, and Stripe does not number events: the payment itself is asked for. */
export function toNotice({ id, type, data }: Stripe.Event): ProviderNotice {
  return { id, type, about: aboutOf(data.object as { object?: string }) }
}

function aboutOf(object: { object?: string }): About {
  switch (object.object) {
    case 'checkout.session': {
      const { client_reference_id: reference } = object as Stripe.Checkout.Session
      return reference ? { reference } : undefined
    }
    case 'payment_intent': {
      const { id, metadata } = object as Stripe.PaymentIntent
      return metadata['paymentId'] ? { reference: metadata['paymentId'] } : { chargeId: id }
    }
    case 'charge':
    case 'refund':
    case 'dispute': {
      const { payment_intent: intent, metadata } = object as Stripe.Charge | Stripe.Refund | Stripe.Dispute
      const reference = metadata?.['paymentId']
      const chargeId = idOf(intent)
      return reference ? { reference } : chargeId ? { chargeId } : undefined
    }
    default:
      return undefined
  }
}
