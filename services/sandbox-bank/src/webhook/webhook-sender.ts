import { SpanKind, type Observability } from '@slipway/observability'
import type { Clock } from '@slipway/service-kit'
import type { Dispatcher } from 'undici'
import type { AgendaItem } from '../agenda/agenda.ts'
import type { Delivery, DeliveryStore } from './delivery.store.ts'
import { nextAttempt } from './retry.ts'
import { sendWebhook, type Merchant } from './send-webhook.ts'

interface SenderOptions {
  deliveries: DeliveryStore
  merchant: Merchant
  dispatcher: Dispatcher
  clock: Clock
  /** Signatures go by it, however far the other one was moved. */
  realClock: Clock
  observability: Pick<Observability, 'logger' | 'span' | 'traceparent'>
}

/** More than one attempt takes; what a killed process had in hand is sent again after it. */
const leaseMs = 10_000
const atOnce = 20

/** Sends what is due, many at once, so that a slow merchant's webhook delays no other. */
export class WebhookSender implements AgendaItem {
  readonly #options: SenderOptions
  readonly #inHand = new Set<Promise<void>>()

  constructor(options: SenderOptions) {
    this.#options = options
  }

  async doDue(signal: AbortSignal, again: () => void): Promise<void> {
    const { deliveries, clock } = this.#options
    while (this.#inHand.size < atOnce && !signal.aborted) {
      const now = clock.now()
      const leasedUntil = new Date(now.getTime() + leaseMs)
      const claimed = await deliveries.claim(now, leasedUntil, atOnce - this.#inHand.size)
      if (claimed.length === 0) return
      for (const delivery of claimed) {
        const attempt = this.#attempt(delivery, signal).finally(() => {
          this.#inHand.delete(attempt)
          again()
        })
        this.#inHand.add(attempt)
      }
    }
  }

  nextDue() {
    return this.#options.deliveries.nextDue()
  }

  async idle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.all(this.#inHand)
  }

  async #attempt(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const { deliveries, observability } = this.#options
    try {
      const error = await this.#post(delivery, signal)
      const now = this.#options.clock.now()
      if (error === undefined) await deliveries.delivered(delivery, now)
      else await deliveries.failed(delivery, error, nextAttempt(delivery.attempts, delivery.createdAt, now))
    } catch (error) {
      observability.logger.warn({ err: error }, 'the outcome of a webhook could not be kept: it is sent again')
    }
  }

  /** Why it failed, or undefined. */
  #post({ id, type, sequence, attempts, body, traceparent }: Delivery, signal: AbortSignal) {
    const { merchant, dispatcher, realClock, observability } = this.#options
    const webhook = { id, type, sequence, attempt: attempts }
    const options = { kind: SpanKind.CLIENT, parent: traceparent ?? undefined }
    return observability.span(`webhook ${type}`, options, async (span) => {
      try {
        const sent = { body, traceparent: observability.traceparent() }
        const status = await sendWebhook(merchant, sent, { now: realClock.now(), dispatcher, signal })
        span.setAttribute('http.response.status_code', status)
        observability.logger.info({ webhook }, `webhook ${type} delivered`)
        return undefined
      } catch (thrown) {
        const error = reason(thrown)
        span.setAttribute('error.type', error)
        observability.logger.warn({ webhook, reason: error }, `webhook ${type} not delivered`)
        return error
      }
    })
  }
}

function reason(thrown: unknown): string {
  const { code, name, message } = thrown as Error & { code?: unknown }
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time'
  return typeof code === 'string' ? code : message
}
