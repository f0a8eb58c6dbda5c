import type { Money } from '@slipway/contracts/primitives'

/** What a provider says of a payment, in our words. */
export interface ProviderPayment {
  /** The provider's id. */
  readonly id: string
  /** Ours. */
  readonly reference: string
  /** Where the payer pays. */
  readonly url: string
  readonly status: 'open' | 'paid' | 'declined' | 'canceled' | 'charged_back'
  /** What is, or was, to be paid. */
  readonly amount: Money
  readonly declineCode?: string
}

/** What a provider has to know of a payment of ours. */
export interface PaymentToOpen {
  readonly id: string
  readonly amount: Money
  readonly returnUrl?: string
}

/** A payment that the provider may know; `providerId` is absent while nobody has told us. */
export interface PaymentToFind {
  readonly id: string
  readonly providerId?: string
}

export interface RefundToMake {
  readonly id: string
  readonly providerId: string
  readonly amount: Money
}

export interface ProviderRefund {
  /** The provider's id. */
  readonly id: string
  readonly status: 'succeeded' | 'failed'
}

/** A webhook that really comes from the provider. */
export interface ProviderNotice {
  readonly id: string
  readonly type: string
  /** Counts up per payment, so that a late notice can be told from a newer one. */
  readonly sequence: number
  readonly payment: ProviderPayment
}

export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The very text that was signed. */
  readonly body: string
  readonly now: Date
}

/**
 * Whoever moves the money. Everything here is safe to repeat: ids of ours are the provider's idempotency keys.
 *
 * Calls throw `ProviderRefused` when the provider says no for good, and `ProviderUnclear` when nobody knows what
 * happened: a timeout, a broken connection, an answer that makes no sense.
 */
export interface PaymentProvider {
  readonly name: string
  /** Opens a page on which the payment is paid. The same payment gets the same page. */
  open(payment: PaymentToOpen): Promise<ProviderPayment>
  /** Undefined when the provider has never heard of it. */
  find(payment: PaymentToFind): Promise<ProviderPayment | undefined>
  /** Makes sure that it can no longer be paid, unless it is: the answer tells which. Undefined as for `find`. */
  cancel(payment: PaymentToFind): Promise<ProviderPayment | undefined>
  refund(refund: RefundToMake): Promise<ProviderRefund>
  /** @throws SignatureRefused, WebhookUnreadable */
  readWebhook(webhook: ReceivedWebhook): ProviderNotice
}
