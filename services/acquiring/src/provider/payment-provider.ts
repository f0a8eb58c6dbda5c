import type { Money } from '@slipway/contracts/primitives'

/** What a provider says of a payment, in our words. */
export interface ProviderPayment {
  /** The provider's id. */
  readonly id: string
  /** The provider's id of the movement of money, where that is another. */
  readonly chargeId?: string
  /** Ours. */
  readonly reference: string
  /** Where the payer pays; a provider may stop telling it once that is over. */
  readonly url?: string
  readonly status: 'open' | 'authorized' | 'paid' | 'declined' | 'canceled' | 'charged_back'
  /** What is, or was, to be paid. */
  readonly amount: Money
  /** What was taken; `amount` when absent. */
  readonly captured?: Money
  /** What the payer's bank took back; all that was left when absent. */
  readonly chargedBack?: Money
  readonly declineCode?: string
}

/** What a provider has to know of a payment of ours. */
export interface PaymentToOpen {
  readonly id: string
  readonly amount: Money
  readonly captureMode: 'automatic' | 'manual'
  readonly returnUrl?: string
  readonly createdAt: Date
}

/** A payment that the provider may know; `providerId` is absent while nobody has told us. */
export interface PaymentToFind extends PaymentToOpen {
  readonly providerId?: string
  readonly chargeId?: string
}

export interface PaymentToCapture extends PaymentToFind {
  readonly capturing: Money
}

export interface RefundToMake {
  readonly id: string
  /** The payment's. */
  readonly providerId: string
  readonly chargeId?: string
  readonly amount: Money
  /** The provider's id of the refund, once it was asked for and is under way. */
  readonly refundId?: string
}

export type ProviderRefund =
  | { readonly id: string; readonly status: 'succeeded' | 'pending' }
  | { readonly id?: string; readonly status: 'failed' }

/** A webhook that really comes from the provider. */
export interface ProviderNotice {
  readonly id: string
  readonly type: string
  /** Counts up per payment, so that a late notice can be told from a newer one; absent where a provider does not count. */
  readonly sequence?: number
  /** The payment: by our id, or by the provider's of the movement of money. None: it is about no payment. */
  readonly about?: { readonly reference?: string; readonly chargeId?: string }
  /** The payment as it was then; absent when the provider has to be asked. */
  readonly payment?: ProviderPayment
}

/** One movement of money as the provider settles it. What goes out is negative; `fee` is what the provider keeps of it. */
export interface SettlementLine {
  readonly id: string
  readonly kind: 'charge' | 'refund' | 'chargeback' | 'other'
  /** Ours: of the payment, and of the refund. */
  readonly reference?: string
  readonly refundId?: string
  /** The provider's, where it does not tell ours. */
  readonly chargeId?: string
  readonly amount: Money
  readonly fee: Money
  readonly at: Date
}

export interface SettlementPage {
  readonly lines: readonly SettlementLine[]
  /** Absent on the last page. */
  readonly next?: string
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
  /** Takes what is authorised, all or a part, once; the rest is let go. */
  capture(payment: PaymentToCapture): Promise<ProviderPayment>
  refund(refund: RefundToMake): Promise<ProviderRefund>
  /** Every movement of money in a period that is over, page by page; the same pages each time. */
  settlement(period: { from: Date; to: Date }, cursor?: string): Promise<SettlementPage>
  /** @throws SignatureRefused, WebhookUnreadable */
  readWebhook(webhook: ReceivedWebhook): ProviderNotice
  close(): Promise<void>
}
