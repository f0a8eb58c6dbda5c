import type { Logger } from '@slipway/observability'
import type { Channel, ChannelModel } from 'amqplib'
import { backoffMs, pause } from '../../backoff.ts'

interface LastingChannelOptions<Kind extends Channel> {
  /** For logs. */
  name: string
  logger: Logger
  create: (model: ChannelModel) => Promise<Kind>
  /** Declares and consumes, each time it is opened. */
  setup: (channel: Kind) => Promise<void>
}

/**
 * A channel that is opened on each new connection, and again with growing pauses when it closes alone. Channels fail one
 * by one: a queue that cannot be declared holds up nobody else.
 */
export class LastingChannel<Kind extends Channel> {
  readonly #options: LastingChannelOptions<Kind>
  #model: ChannelModel | undefined
  #current: Kind | undefined

  constructor(options: LastingChannelOptions<Kind>) {
    this.#options = options
  }

  /** The open channel, set up; undefined for now otherwise. */
  get current(): Kind | undefined {
    return this.#current
  }

  /** Resolves after the first try, whether it worked or not. */
  async attach(model: ChannelModel): Promise<void> {
    if (this.#model === model) return
    this.#model = model
    model.once('close', () => {
      if (this.#model === model) this.detach()
    })
    await this.#open(model).catch((error: unknown) => this.#reopen(model, error))
  }

  /** Opens it no more. */
  detach(): void {
    this.#model = undefined
    this.#current = undefined
  }

  async #open(model: ChannelModel): Promise<void> {
    const { name, logger, create, setup } = this.#options
    const channel = await create(model)
    let reason: unknown
    channel.on('error', (error) => (reason = error))
    channel.on('close', () => {
      if (this.#current !== channel) return
      this.#current = undefined
      this.#reopen(model, reason)
    })
    try {
      await setup(channel)
      if (this.#model !== model) throw new Error('Nobody waits for the channel any more')
    } catch (error) {
      channel.close().catch(() => {}) // mostly it is closed already
      throw error
    }
    this.#current = channel
    logger.debug({ channel: name }, 'channel open')
  }

  #reopen(model: ChannelModel, reason: unknown): void {
    const { name, logger } = this.#options
    void (async () => {
      for (let failures = 1, err = reason; this.#model === model; failures++) {
        await pause(backoffMs(failures))
        if (this.#model !== model) return // the connection went too
        logger.warn({ err, channel: name }, 'a RabbitMQ channel closed; opens it again')
        try {
          return await this.#open(model)
        } catch (error) {
          err = error
        }
      }
    })()
  }
}
