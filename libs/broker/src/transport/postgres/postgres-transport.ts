import type { Logger } from '@slipway/observability'
import type { PgBoss } from 'pg-boss'
import { backoffMs } from '../../backoff.ts'
import type { Consumer, DeadLetter, Message, PublishOutcome, Subscription, Transport } from '../transport.ts'
import { createBoss } from './boss.ts'
import { PostgresConsumer } from './consumer.ts'
import { eventsChannel } from './notify.ts'
import { PostgresPublisher } from './publisher.ts'
import { deadQueue, Queues } from './queues.ts'
import { readDead, type Taken } from './settler.ts'

export interface PostgresTransportOptions {
  /** The events database, shared by all services of a platform and used for nothing else. */
  url: string
  logger: Logger
}

interface Entry {
  subscription: Subscription
  consumer: PostgresConsumer
  declared: boolean
}

/** Events over PostgreSQL: pg-boss with a queue for each job, woken by NOTIFY. */
export class PostgresTransport implements Transport {
  readonly #logger: Logger
  readonly #boss: PgBoss
  readonly #queues: Queues
  readonly #publisher: PostgresPublisher
  readonly #entries = new Map<string, Entry>()
  #listening: { close(): Promise<void> } | undefined
  #pass: Promise<void> = Promise.resolve()
  #retry: NodeJS.Timeout | undefined
  #failures = 0
  #state: 'new' | 'started' | 'closed' = 'new'

  constructor({ url, logger }: PostgresTransportOptions) {
    this.#logger = logger
    this.#boss = createBoss(url, logger)
    this.#queues = new Queues(this.#boss)
    this.#publisher = new PostgresPublisher(this.#boss, this.#queues)
  }

  async start(): Promise<void> {
    this.#state = 'started'
    await this.#bringUp()
  }

  async publish(messages: readonly Message[]): Promise<PublishOutcome[]> {
    try {
      return await this.#publisher.publish(messages)
    } catch (error) {
      return messages.map(() => error as Error)
    }
  }

  async subscribe(subscription: Subscription): Promise<Consumer> {
    const consumer = new PostgresConsumer({ boss: this.#boss, subscription, logger: this.#logger })
    this.#entries.set(subscription.queue, { subscription, consumer, declared: false })
    if (this.#state === 'started') await this.#bringUp()
    return consumer
  }

  async listDead(queue: string, limit: number): Promise<DeadLetter[]> {
    const found = await this.#boss.findJobs<Taken['data']>(deadQueue(queue), { limit })
    return found.map(({ data }) => readDead(data))
  }

  async countDead(queue: string): Promise<number> {
    return (await this.#boss.getQueue(deadQueue(queue)))?.queuedCount ?? 0
  }

  async ready(): Promise<void> {
    if (!this.#listening) throw new Error('The events database is not connected')
    if (![...this.#entries.values()].every(({ declared }) => declared)) throw new Error('Not every queue is declared')
    await this.#boss.getDb().executeSql('SELECT 1')
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    clearTimeout(this.#retry)
    await this.#pass
    await this.#listening?.close()
    await this.#boss.stop({ graceful: false })
  }

  /** Does what is not done yet, one pass after another; a pass that fails is tried again later. Does not throw. */
  #bringUp(): Promise<void> {
    return (this.#pass = this.#pass.then(() => this.#connect()).catch((error: unknown) => this.#retryLater(error)))
  }

  async #connect(): Promise<void> {
    if (this.#state === 'closed') return
    await this.#boss.start()
    await this.#queues.prepare()
    this.#listening ??= await this.#boss.getDb().listen?.(
      eventsChannel,
      (queue) => this.#entries.get(queue)?.consumer.wake(),
      () => this.#entries.forEach(({ consumer }) => consumer.wake()),
    )
    for (const entry of this.#entries.values()) {
      if (entry.declared) continue
      await this.#queues.declare(entry.subscription.queue, entry.subscription.types)
      entry.declared = true
      entry.consumer.start()
    }
    this.#failures = 0
  }

  #retryLater(err: unknown): void {
    if (this.#state === 'closed') return
    this.#logger.warn({ err }, 'cannot reach the events database; tries again')
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#bringUp(), backoffMs(++this.#failures))
  }
}
