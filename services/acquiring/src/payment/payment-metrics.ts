import type { Difference } from '@slipway/contracts/acquiring'
import type { Money } from '@slipway/contracts/primitives'
import { Counter, Gauge, type Registry } from '@slipway/observability'
import type { Payment } from './payment.ts'

/** What waits now, as the database has it. */
export interface Waiting {
  readonly open: Readonly<Record<string, number>>
  /** Of the oldest payment whose outcome is unknown, and of the oldest refund under way; 0 when there is none. */
  readonly unknownAgeSeconds: number
  readonly refundAgeSeconds: number
  readonly refunds: number
}

/** Counts of one transaction, which count once it is committed. */
export interface Tally {
  /** A step of a payment; `took` is what it captured. */
  moved(payment: Payment, took?: Money): void
  refunded(payment: Pick<Payment, 'provider'>, status: 'succeeded' | 'failed', amount: Money): void
  told(provider: string, outcome: string): void
  differs(kind: Difference['kind']): void
  committed(): void
}

/** Their names are documented in the README: dashboards and alerts use them. `waiting` is asked at each scrape. */
export function createPaymentMetrics(registry: Registry, waiting: () => Promise<Waiting>) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name, help, labelNames: [...labelNames], registers })

  const moves = counter('payments_total', 'Payments that came to a status', ['provider', 'status'])
  const captured = counter('payments_captured_amount_total', 'Minor units captured', ['provider', 'currency'])
  const refunds = counter('refunds_total', 'Refunds whose outcome became known', ['provider', 'status'])
  const returned = counter('refunds_amount_total', 'Minor units given back', ['provider', 'currency'])
  const webhooks = counter('payment_webhooks_total', 'Webhooks with a right signature', ['provider', 'outcome'])
  const differences = counter('reconciliation_differences_total', 'Differences found', ['kind'])
  gauges(registers, waiting)

  return (): Tally => {
    const counted: (() => void)[] = []
    return {
      moved({ provider, status }, took) {
        counted.push(() => moves.inc({ provider, status }))
        if (took) counted.push(() => captured.inc({ provider, currency: took.currency }, took.amount))
      },
      refunded({ provider }, status, { amount, currency }) {
        counted.push(() => refunds.inc({ provider, status }))
        if (status === 'succeeded') counted.push(() => returned.inc({ provider, currency }, amount))
      },
      told: (provider, outcome) => void counted.push(() => webhooks.inc({ provider, outcome })),
      differs: (kind) => void counted.push(() => differences.inc({ kind })),
      committed: () => counted.forEach((count) => count()),
    }
  }
}

/** One question for all of them; while the database does not answer they keep their last values. */
function gauges(registers: Registry[], waiting: () => Promise<Waiting>) {
  let asking: Promise<Waiting | undefined> | undefined
  const ask = () =>
    (asking ??= waiting()
      .catch(() => undefined)
      .finally(() => (asking = undefined)))
  const gauge = (name: string, help: string, value: (now: Waiting) => number) =>
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        const now = await ask()
        if (now) this.set(value(now))
      },
    })

  new Gauge({
    name: 'payments_open',
    help: 'Payments that wait for their outcome',
    labelNames: ['status'],
    registers,
    async collect() {
      const now = await ask()
      if (now) for (const [status, count] of Object.entries(now.open)) this.set({ status }, count)
    },
  })
  gauge(
    'payments_unknown_oldest_age_seconds',
    'Age of the oldest payment of unknown outcome; 0: none',
    (now) => now.unknownAgeSeconds,
  )
  gauge('refunds_pending', 'Refunds that the provider has not made yet', (now) => now.refunds)
  gauge('refunds_pending_oldest_age_seconds', 'Age of the oldest of them; 0: none', (now) => now.refundAgeSeconds)
}
