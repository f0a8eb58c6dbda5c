import type { Logger } from '@slipway/observability'
import type { GetMessage } from 'amqplib'
import type { Consumer, DeadLetter, Message, PublishOutcome, Subscription, Transport } from '../transport.ts'
import { RabbitConnection } from './connection.ts'
import { RabbitConsumer } from './consumer.ts'
import { Letters } from './letters.ts'
import { Names } from './names.ts'
import { RabbitPublisher } from './publisher.ts'
import { Tiers } from './tiers.ts'
import { declareEvents, declareQueue, declareTier } from './topology.ts'

export interface RabbitTransportOptions {
  url: string
  /** The service, as RabbitMQ shows it. */
  name: string
  /** Before every exchange and queue name. */
  prefix?: string
  /** Delays that a retry may have; a few queues each. A retry waits for one near the next longer one. */
  retryDelaysMs: readonly number[]
  logger: Logger
}

/**
 * Events over RabbitMQ. Publishing has a connection of its own, because a broker that is short of memory stops reading
 * from connections that publish, and acknowledgements must go on.
 */
export class RabbitTransport implements Transport {
  readonly #names: Names
  readonly #tiers: Tiers
  readonly #logger: Logger
  readonly #publishing: RabbitConnection
  readonly #consuming: RabbitConnection
  readonly #publisher: RabbitPublisher
  readonly #letters: Letters
  readonly #consumers: RabbitConsumer[] = []

  constructor({ url, name, prefix = '', retryDelaysMs, logger }: RabbitTransportOptions) {
    this.#names = new Names(prefix)
    this.#tiers = new Tiers(retryDelaysMs)
    this.#logger = logger
    this.#publishing = new RabbitConnection({
      url,
      name: `${name} publisher`,
      logger,
      setup: (model) => this.#publisher.attach(model),
    })
    this.#consuming = new RabbitConnection({
      url,
      name: `${name} consumer`,
      logger,
      setup: async (model) => {
        await Promise.all(this.#consumers.map((consumer) => consumer.attach(model)))
      },
    })
    this.#publisher = new RabbitPublisher({
      connection: this.#publishing,
      declare: (channel) => declareEvents(channel, this.#names),
      logger,
    })
    this.#letters = new Letters({ names: this.#names, publisher: this.#publisher, tiers: this.#tiers })
  }

  async start(): Promise<void> {
    await Promise.all([this.#publishing.open(), this.#consuming.open()])
  }

  publish(messages: readonly Message[]): Promise<PublishOutcome[]> {
    return this.#letters.publish(messages)
  }

  async subscribe(subscription: Subscription): Promise<Consumer> {
    const { queue } = subscription
    const consumer = new RabbitConsumer({
      subscription,
      queue: this.#names.queue(queue),
      declare: async (channel) => {
        await declareEvents(channel, this.#names)
        await declareQueue(channel, this.#names, subscription)
        for (const tierMs of this.#tiers.all) await declareTier(channel, this.#names.tier(queue, tierMs), tierMs)
      },
      letters: this.#letters,
      logger: this.#logger,
    })
    this.#consumers.push(consumer)
    await this.#consuming.with((model) => consumer.attach(model))
    return consumer
  }

  /** Reads without acknowledging: closing the channel puts everything back in its place. */
  async listDead(queue: string, limit: number): Promise<DeadLetter[]> {
    const channel = await this.#consuming.channel()
    try {
      const found: DeadLetter[] = []
      let message: GetMessage | false
      while (found.length < limit && (message = await channel.get(this.#names.dead(queue))))
        found.push(this.#letters.readDead(message))
      return found
    } finally {
      await channel.close().catch(() => {}) // closed already: there is no such queue
    }
  }

  async countDead(queue: string): Promise<number> {
    this.#consuming.assertUsable() // a channel would wait for the connection
    const channel = await this.#consuming.channel()
    const { messageCount } = await channel.checkQueue(this.#names.dead(queue))
    await channel.close()
    return messageCount
  }

  async ready(): Promise<void> {
    this.#publisher.usable()
    this.#consuming.assertUsable()
    if (!this.#consumers.every(({ isOpen }) => isOpen)) throw new Error('Not every queue is declared')
  }

  async close(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.close()))
    await Promise.all([this.#consuming.close(), this.#publishing.close()])
  }
}
