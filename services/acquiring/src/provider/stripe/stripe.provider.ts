import type Stripe from 'stripe'
import { sameMoney, type Money } from '@slipway/contracts/primitives'
import { ProviderRefused, SignatureRefused, WebhookUnreadable } from '../errors.ts'
import type {
  PaymentProvider,
  PaymentToCapture,
  PaymentToFind,
  PaymentToOpen,
  ProviderNotice,
  ProviderPayment,
  ProviderRefund,
  ReceivedWebhook,
  RefundToMake,
  SettlementPage,
} from '../payment-provider.ts'
import { amountOf } from './stripe-amount.ts'
import { clear, KeySpent, unlessMissing, unlessTooLate } from './stripe-errors.ts'
import { toNotice } from './stripe-notice.ts'
import {
  expand,
  intentOf,
  isDisputed,
  movesMoney,
  toPayment,
  toRefund,
  type ExpandedSession,
} from './stripe-payment.ts'
import { openSession } from './stripe-sessions.ts'
import { expand as expandLines, isPayout, toLine } from './stripe-settlement.ts'

interface Options {
  client: Stripe
  webhookSecrets: readonly string[]
  /** Where payers come back to when nobody said. */
  returnUrl: string
  close(): Promise<void>
}

const toleranceSeconds = 300

/**
 * Stripe's hosted page (Checkout) with a payment intent behind it. A session is looked for by opening it again: the
 * payment's id is the idempotency key, so Stripe answers with the one that the key made.
 */
export class StripeProvider implements PaymentProvider {
  readonly name = 'stripe'
  readonly #options: Options
  readonly #stripe: Stripe

  constructor(options: Options) {
    this.#options = options
    this.#stripe = options.client
  }

  async open(payment: PaymentToOpen): Promise<ProviderPayment> {
    const session = await openSession(this.#stripe, payment, this.#options.returnUrl)
    // a key repeats its first answer word for word: what has become of the session since is asked for
    return 'made' in session ? this.#see(session.made) : (await this.#look(session.madeBefore))!
  }

  async find(payment: PaymentToFind): Promise<ProviderPayment | undefined> {
    if (payment.providerId) return this.#look(payment.providerId)
    try {
      return await this.open(payment)
    } catch (error) {
      // payers are sent to a page only once it is kept, so whatever this leaves behind is paid by nobody
      if (error instanceof KeySpent || error instanceof ProviderRefused) return undefined
      throw error
    }
  }

  async cancel(payment: PaymentToFind): Promise<ProviderPayment | undefined> {
    const found = await this.find(payment)
    if (found?.status === 'open') await unlessTooLate(clear(this.#stripe.checkout.sessions.expire(found.id)))
    else if (found?.status === 'authorized')
      await unlessTooLate(clear(this.#stripe.paymentIntents.cancel(found.chargeId!)))
    else return found
    return this.#look(found.id)
  }

  /** Without a key of ours, under which a failure would stay: an intent is captured once anyway. */
  async capture(payment: PaymentToCapture): Promise<ProviderPayment> {
    const { capturing } = payment
    const found = await this.find(payment)
    if (found && isTaken(found, capturing)) return found
    const refusal = await clear(
      this.#stripe.paymentIntents.capture(found?.chargeId ?? '', { amount_to_capture: amountOf(capturing).units }),
    ).catch((error: unknown) => {
      if (error instanceof ProviderRefused) return error
      throw error
    })
    const after = await this.find(payment)
    if (after && isTaken(after, capturing)) return after
    if (refusal instanceof ProviderRefused) throw refusal
    return after!
  }

  async refund({ id, chargeId, amount, refundId }: RefundToMake): Promise<ProviderRefund> {
    if (refundId) return toRefund(await clear(this.#stripe.refunds.retrieve(refundId)))
    // keys are forgotten after a day, refunds are not
    const made = await clear(this.#stripe.refunds.list({ payment_intent: chargeId, limit: 100 }))
    const known = made.data.find(({ metadata }) => metadata?.['refundId'] === id)
    if (known) return toRefund(known)
    const params = { payment_intent: chargeId, amount: amountOf(amount).units, metadata: { refundId: id } }
    return toRefund(await clear(this.#stripe.refunds.create(params, { idempotencyKey: `${id}:refund` })))
  }

  async settlement({ from, to }: { from: Date; to: Date }, cursor?: string): Promise<SettlementPage> {
    const seconds = (date: Date) => Math.ceil(date.getTime() / 1_000)
    const page = await clear(
      this.#stripe.balanceTransactions.list({
        created: { gte: seconds(from), lt: seconds(to) },
        ...{ limit: 100, expand: expandLines, starting_after: cursor },
      }),
    )
    const lines = page.data.filter((transaction) => !isPayout(transaction)).map(toLine)
    return { lines, next: page.has_more ? page.data.at(-1)?.id : undefined }
  }

  readWebhook({ headers, body, now }: ReceivedWebhook): ProviderNotice {
    const signature = headers['stripe-signature']
    if (typeof signature !== 'string' || !this.#isSigned(body, signature, now)) throw new SignatureRefused()
    try {
      return toNotice(JSON.parse(body) as Stripe.Event)
    } catch {
      throw new WebhookUnreadable()
    }
  }

  close() {
    return this.#options.close()
  }

  #isSigned(body: string, signature: string, now: Date): boolean {
    const time = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1])
    if (!(time <= now.getTime() / 1_000 + toleranceSeconds)) return false
    const { signature: helper } = this.#stripe.webhooks
    return this.#options.webhookSecrets.some((secret) => {
      try {
        return helper!.verifyHeader(body, signature, secret, toleranceSeconds, undefined, now.getTime())
      } catch {
        return false
      }
    })
  }

  async #look(sessionId: string): Promise<ProviderPayment | undefined> {
    const found = await unlessMissing(clear(this.#stripe.checkout.sessions.retrieve(sessionId, { expand })))
    return found && this.#see(found)
  }

  async #see(session: ExpandedSession): Promise<ProviderPayment> {
    if (!isDisputed(session)) return toPayment(session)
    const disputes = await clear(this.#stripe.disputes.list({ payment_intent: intentOf(session)!.id, limit: 100 }))
    return toPayment(session, disputes.data.find(movesMoney))
  }
}

const isTaken = ({ status, amount, captured = amount }: ProviderPayment, wanted: Money) =>
  status === 'paid' && sameMoney(captured, wanted)
