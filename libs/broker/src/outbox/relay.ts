import type { Logger } from '@slipway/observability'
import { backoffMs, pause } from '../backoff.ts'
import type { PublishOutcome, Transport } from '../transport/transport.ts'
import { Wakeup } from '../wakeup.ts'
import type { OutboxMetrics } from './metrics.ts'
import type { OutboxRow, OutboxStore } from './store.ts'

export interface RelayOptions {
  store: OutboxStore
  transport: Pick<Transport, 'publish' | 'ready'>
  metrics: OutboxMetrics
  logger: Logger
  batchSize: number
  /** A batch weighs no more than this and one event. Twice as much is in hand at most. */
  batchBytes: number
  pollMs: number
  /** Longer than a batch takes to be confirmed. A relay that dies leaves its rows to the others after this time. */
  leaseMs?: number
}

/**
 * Publishes what the outbox holds: lease a batch, publish, mark what the broker confirmed. Any number of relays share an
 * outbox. Whatever goes wrong, rows stay until they are confirmed; then they may be published twice, never lost.
 */
export class Relay {
  readonly #options: Required<RelayOptions>
  readonly #wakeup = new Wakeup()
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #limit: number

  constructor(options: RelayOptions) {
    this.#options = { leaseMs: 15_000, ...options }
    this.#limit = options.batchSize
  }

  start(): void {
    this.#running = this.#loop()
  }

  /** Something was committed: look at once. */
  wake(): void {
    this.#wakeup.wake()
  }

  /** Resolves when the batch in hand is confirmed and marked. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.wake()
    await this.#running
  }

  async #loop(): Promise<void> {
    const { logger, pollMs, store } = this.#options
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#relayAll()
        if (failures > 0) logger.info({ failures }, 'the relay publishes again')
        failures = 0
        const nextMs = (await store.nextDueMs()) ?? pollMs
        // what is due but locked by another is asked for again, though not without a pause
        await this.#wakeup.sleep(Math.min(pollMs, Math.max(10, Math.ceil(nextMs))))
      } catch (error) {
        failures++
        logger.warn({ err: error, failures }, 'the relay could not publish; it tries again')
        await pause(backoffMs(failures), this.#stopping.signal)
      }
    }
  }

  /** Through a backlog two batches go at a time: while the broker confirms one, the database is asked for the next. */
  async #relayAll(): Promise<void> {
    if (!(await this.#relayBatch())) return
    const lane = async () => {
      while (!this.#stopping.signal.aborted && (await this.#relayBatch()));
    }
    const lanes = await Promise.allSettled([lane(), lane()])
    for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
  }

  /** @returns whether there may be more to publish at once */
  async #relayBatch(): Promise<boolean> {
    const { store, transport, leaseMs, batchBytes } = this.#options
    const limit = this.#limit
    const rows = await store.lease(limit, leaseMs, batchBytes)
    if (rows.length === 0) return false
    const outcomes = await transport.publish(rows)
    const failed = await this.#mark(rows, outcomes)
    if (failed) throw failed
    return rows.length === limit || rows.reduce((sum, { bytes }) => sum + bytes, 0) >= batchBytes
  }

  async #mark(rows: readonly OutboxRow[], outcomes: readonly PublishOutcome[]): Promise<Error | undefined> {
    const { store, metrics, batchSize, transport } = this.#options
    const confirmed = rows.filter((_, index) => outcomes[index] === 'confirmed')
    const unroutable = rows.filter((_, index) => outcomes[index] === 'unroutable')
    const failed = rows.filter((_, index) => outcomes[index] instanceof Error)
    await store.markPublished(confirmed)
    await store.postpone(unroutable, 'unroutable')
    metrics.published(confirmed)
    metrics.unroutable(unroutable)
    if (failed.length === 0) {
      this.#limit = Math.min(batchSize, this.#limit * 2)
      return undefined
    }
    // Smaller batches find the one event that the broker refuses; put off, it no longer holds up the rest.
    const culprit = rows.length === 1 && (await isReady(transport))
    await (culprit ? store.postpone(failed, 'waiting') : store.release(failed))
    this.#limit = Math.max(1, Math.floor(rows.length / 2))
    return outcomes.find((outcome) => outcome instanceof Error)
  }
}

const isReady = (transport: Pick<Transport, 'ready'>) =>
  transport.ready().then(
    () => true,
    () => false,
  )
