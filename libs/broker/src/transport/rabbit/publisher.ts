import type { Logger } from '@slipway/observability'
import type { ChannelModel, ConfirmChannel, Options } from 'amqplib'
import type { PublishOutcome } from '../transport.ts'
import type { RabbitConnection } from './connection.ts'
import { LastingChannel } from './lasting-channel.ts'

/** Shorter than the relay's lease. */
const confirmMs = 10_000

export interface Parcel {
  exchange: string
  routingKey: string
  content: Buffer
  options: Options.Publish
}

interface RabbitPublisherOptions {
  connection: Pick<RabbitConnection, 'assertUsable'>
  declare: (channel: ConfirmChannel) => Promise<void>
  logger: Logger
}

/** Publishes persistent and mandatory, and says of each message what the broker made of it. */
export class RabbitPublisher {
  readonly #connection: Pick<RabbitConnection, 'assertUsable'>
  readonly #channel: LastingChannel<ConfirmChannel>
  /** Numbers of messages that came back; their confirms follow. */
  readonly #returned = new Set<string>()
  #sequence = 0

  constructor({ connection, declare, logger }: RabbitPublisherOptions) {
    this.#connection = connection
    this.#channel = new LastingChannel({
      name: 'publisher',
      logger,
      create: (model) => model.createConfirmChannel(),
      setup: async (channel) => {
        channel.on('return', ({ properties }) => this.#returned.add(String(properties.correlationId)))
        await declare(channel)
      },
    })
  }

  attach(model: ChannelModel): Promise<void> {
    return this.#channel.attach(model)
  }

  /** @throws when nothing can be published now */
  usable(): ConfirmChannel {
    this.#connection.assertUsable()
    if (!this.#channel.current) throw new Error('The channel to RabbitMQ is not open')
    return this.#channel.current
  }

  /** Outcomes in the order of the parcels; does not throw. */
  async send(parcels: readonly Parcel[]): Promise<PublishOutcome[]> {
    const pending = parcels.map(() => Promise.withResolvers<PublishOutcome>())
    const giveUp = (error: Error) => pending.forEach(({ resolve }) => resolve(error))
    const timer = setTimeout(() => giveUp(new Error('RabbitMQ did not confirm in time')), confirmMs)
    try {
      const channel = this.usable()
      parcels.forEach((parcel, index) => this.#send(channel, parcel, (outcome) => pending[index]?.resolve(outcome)))
    } catch (error) {
      giveUp(error as Error)
    }
    const outcomes = await Promise.all(pending.map(({ promise }) => promise))
    clearTimeout(timer)
    return outcomes
  }

  #send(channel: ConfirmChannel, parcel: Parcel, settle: (outcome: PublishOutcome) => void): void {
    const { exchange, routingKey, content, options } = parcel
    const correlationId = String(++this.#sequence)
    const properties = { ...options, correlationId, persistent: true, mandatory: true }
    channel.publish(exchange, routingKey, content, properties, (error: Error | null) => {
      const unroutable = this.#returned.delete(correlationId)
      settle(error ?? (unroutable ? 'unroutable' : 'confirmed'))
    })
  }
}
