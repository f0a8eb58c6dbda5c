import { Counter, Gauge, Histogram, type Registry } from '@slipway/observability'
import { atMost } from '../backoff.ts'
import type { Backlog, OutboxRow } from './store.ts'

export interface OutboxMetrics {
  published(rows: readonly OutboxRow[]): void
  unroutable(rows: readonly OutboxRow[]): void
}

/** Counts what was given up because nobody was bound to it for too long. */
export const createDroppedCounter = (registry: Registry) =>
  new Counter({
    name: 'outbox_dropped_total',
    help: 'Events given up because no queue was bound to their type for OUTBOX_UNROUTABLE_HOURS',
    labelNames: ['type'],
    registers: [registry],
  })

/**
 * `backlog` is asked at each scrape, by one question at a time; while it fails or does not answer the gauges keep their last
 * values.
 */
export function createOutboxMetrics(
  registry: Registry,
  backlog: () => Promise<Backlog>,
  now: () => number = Date.now,
  patienceMs = 3_000,
): OutboxMetrics {
  const registers = [registry]
  let asking: Promise<Backlog | undefined> | undefined
  const ask = async () => {
    asking ??= backlog()
      .catch(() => undefined)
      .finally(() => (asking = undefined))
    let answer: Backlog | undefined
    await atMost(
      patienceMs,
      asking.then((seen) => (answer = seen)),
    )
    return answer
  }
  new Gauge({
    name: 'outbox_backlog_events',
    help: 'Events that are due and not published, counted up to 100000',
    registers,
    async collect() {
      const seen = await ask()
      if (seen) this.set(seen.size)
    },
  })
  new Gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'How long the oldest event that is due has waited to be published',
    registers,
    async collect() {
      const seen = await ask()
      if (seen) this.set(seen.ageSeconds)
    },
  })
  new Gauge({
    name: 'outbox_unroutable_events',
    help: 'Events kept though no queue is bound to their type, counted up to 100000',
    registers,
    async collect() {
      const seen = await ask()
      if (seen) this.set(seen.unroutable)
    },
  })
  const published = new Counter({ name: 'outbox_published_total', help: 'Events confirmed by the broker', registers })
  const unroutable = new Counter({
    name: 'outbox_unroutable_total',
    help: 'Tries to publish an event that no queue is bound to; the event is kept and tried again',
    labelNames: ['type'],
    registers,
  })
  const latency = new Histogram({
    name: 'outbox_publish_latency_seconds',
    help: 'From the commit of an event, or the time it was emitted for, to its confirmation by the broker',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300],
    registers,
  })
  return {
    published(rows) {
      published.inc(rows.length)
      const confirmedAt = now()
      for (const { waitingSince } of rows) latency.observe(Math.max(0, confirmedAt - waitingSince.getTime()) / 1000)
    },
    unroutable(rows) {
      for (const { type } of rows) unroutable.inc({ type })
    },
  }
}
