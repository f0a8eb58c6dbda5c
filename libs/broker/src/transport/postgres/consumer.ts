import type { Logger } from '@slipway/observability'
import type { PgBoss } from 'pg-boss'
import { backoffMs, pause } from '../../backoff.ts'
import { Wakeup } from '../../wakeup.ts'
import { InHand } from '../in-hand.ts'
import type { Consumer, Subscription } from '../transport.ts'
import { heartbeatSeconds } from './queues.ts'
import { Settler, type Taken } from './settler.ts'

/** NOTIFY wakes it; this is for what comes back after a crash elsewhere, and for a lost NOTIFY. */
const pollMs = 2_000
/** When there is more work than hands, slots that become free in this time are filled by one statement. */
const gatherMs = 5

interface PostgresConsumerOptions {
  boss: PgBoss
  subscription: Subscription
  logger: Logger
}

/**
 * Takes from one job's queue in batches, as many as there are free hands. pg-boss's own workers would wait for the
 * slowest of a batch, or poll once for each hand.
 */
export class PostgresConsumer implements Consumer {
  readonly #options: PostgresConsumerOptions
  readonly #settler: Settler
  readonly #inHand = new InHand()
  readonly #taken = new Set<Taken>()
  readonly #wakeup = new Wakeup()
  #looping: Promise<void> | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #cancelled = false

  constructor(options: PostgresConsumerOptions) {
    this.#options = options
    const { boss, subscription, logger } = options
    this.#settler = new Settler({ boss, queue: subscription.queue, logger, retryIn: (ms) => this.#wakeIn(ms) })
  }

  start(): void {
    if (this.#looping || this.#cancelled) return
    this.#looping = this.#loop()
    this.#heartbeat = setInterval(() => void this.#beat(), (heartbeatSeconds * 1000) / 3)
  }

  wake(): void {
    this.#wakeup.wake()
  }

  async cancel(): Promise<void> {
    this.#cancelled = true
    this.wake()
    await this.#looping
  }

  async idle(): Promise<void> {
    await this.#inHand.idle()
    clearInterval(this.#heartbeat)
  }

  async #loop(): Promise<void> {
    const { boss, subscription, logger } = this.#options
    let failures = 0
    while (!this.#cancelled) {
      const free = subscription.prefetch - this.#inHand.size
      if (free === 0) {
        await this.#wakeup.sleep(pollMs)
        await pause(gatherMs)
        continue
      }
      try {
        const jobs = await boss.fetch<Taken['data']>(subscription.queue, { batchSize: free })
        failures = 0
        for (const { id, retryCount, data } of jobs) this.#inHand.add(this.#handle({ id, retryCount, data }))
        if (jobs.length < free) await this.#wakeup.sleep(pollMs)
      } catch (error) {
        logger.warn({ err: error, queue: subscription.queue }, 'cannot take events from the events database')
        await pause(backoffMs(++failures))
      }
    }
  }

  async #handle(taken: Taken): Promise<void> {
    this.#taken.add(taken)
    const outcome = await this.#options.subscription.handle({ body: taken.data.body, attempt: taken.data.attempt })
    await this.#settler.settle(taken, outcome)
    this.#taken.delete(taken)
    if (this.#inHand.size === this.#options.subscription.prefetch) this.wake()
  }

  async #beat(): Promise<void> {
    const { boss, subscription, logger } = this.#options
    if (this.#taken.size === 0) return
    await boss
      .touch(subscription.queue, [...this.#taken])
      .catch((error: unknown) => logger.warn({ err: error, queue: subscription.queue }, 'a heartbeat failed'))
  }

  /** A little later than it is due: PostgreSQL's clock counts. */
  #wakeIn(ms: number): void {
    setTimeout(() => this.wake(), ms + gatherMs).unref()
  }
}
