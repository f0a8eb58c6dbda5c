import type { Logger } from '@slipway/observability'
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import { atMost, backoffMs, pause } from '../../backoff.ts'
import { InHand } from '../in-hand.ts'
import type { Consumer, Outcome, Subscription } from '../transport.ts'
import { LastingChannel } from './lasting-channel.ts'
import type { Letters } from './letters.ts'

const goodbyeMs = 1_000

interface RabbitConsumerOptions {
  subscription: Subscription
  queue: string
  declare: (channel: Channel) => Promise<void>
  letters: Letters
  logger: Logger
}

/** Takes from one job's queue on a channel of its own. */
export class RabbitConsumer implements Consumer {
  readonly #options: RabbitConsumerOptions
  readonly #channel: LastingChannel<Channel>
  readonly #inHand = new InHand()
  #tag: string | undefined
  #leaving: Channel | undefined
  readonly #cancelled = new AbortController()

  constructor(options: RabbitConsumerOptions) {
    this.#options = options
    const { queue, logger } = options
    this.#channel = new LastingChannel({
      name: queue,
      logger,
      create: (model) => model.createChannel(),
      setup: (channel) => this.#setup(channel),
    })
  }

  get isOpen(): boolean {
    return this.#channel.current !== undefined
  }

  async attach(model: ChannelModel): Promise<void> {
    if (!this.#cancelled.signal.aborted) await this.#channel.attach(model)
  }

  async cancel(): Promise<void> {
    this.#cancelled.abort()
    this.#leaving = this.#channel.current
    this.#channel.detach()
    // A channel that is closed hands out no more either.
    if (this.#leaving && this.#tag) await this.#leaving.cancel(this.#tag).catch(() => {})
  }

  async idle(): Promise<void> {
    await this.#inHand.idle()
    await this.close()
  }

  /** RabbitMQ drops acknowledgements that a closing connection overtakes: its channels have to be closed before. */
  async close(): Promise<void> {
    const channel = this.#leaving ?? this.#channel.current
    this.#leaving = undefined
    this.#channel.detach()
    if (channel) await atMost(goodbyeMs, channel.close()).catch(() => {})
  }

  async #setup(channel: Channel): Promise<void> {
    const { subscription, queue, declare } = this.#options
    await declare(channel)
    await channel.prefetch(subscription.prefetch)
    this.#cancelled.signal.throwIfAborted()
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) this.#inHand.add(this.#handle(channel, message))
      else channel.close().catch(() => {}) // the queue was deleted: a new channel declares it again
    })
    this.#tag = consumerTag
  }

  async #handle(channel: Channel, message: ConsumeMessage): Promise<void> {
    const { subscription, letters, queue, logger } = this.#options
    try {
      const outcome = await subscription.handle(letters.read(message))
      if (await this.#leavesQueue(channel, message, outcome)) channel.ack(message)
      else channel.nack(message, false, true)
    } catch (error) {
      // The channel is gone; the broker delivers the message again and the inbox knows what was done.
      logger.debug({ err: error, queue }, 'a delivery could not be settled')
    }
  }

  /**
   * @returns whether the message is done with, or stands safely in another queue. A failed one that cannot be moved now
   * stays in hand rather than come back at once: it would be taken and fail in circles.
   */
  async #leavesQueue(channel: Channel, message: ConsumeMessage, outcome: Outcome): Promise<boolean> {
    const { letters, logger, subscription, queue } = this.#options
    if (outcome.kind === 'released') return false
    if (outcome.kind !== 'retry' && outcome.kind !== 'dead') return true
    for (let failures = 1; this.#channel.current === channel; failures++) {
      const moved = await letters.forward(subscription.queue, message, outcome)
      if (moved === 'confirmed') return true
      if (moved === 'unroutable') await channel.close() // its queue was deleted: a new channel declares it again
      logger.warn({ err: moved, queue }, 'a failed event cannot be moved to its retry or dead letters; tries again')
      await pause(backoffMs(failures), this.#cancelled.signal)
    }
    return false
  }
}
