import type { Duplex } from 'node:stream'
import type { Logger } from '@slipway/observability'
import { connect, type Channel, type ChannelModel, type RecoveringChannelModel } from 'amqplib'
import { atMost } from '../../backoff.ts'

const goodbyeMs = 1_000
const setupMs = 15_000

interface RabbitConnectionOptions {
  url: string
  /** As RabbitMQ shows it. */
  name: string
  logger: Logger
  /** Opens channels and declares topology, after each connect. A failure counts as no connection. */
  setup: (model: ChannelModel) => Promise<void>
  /** A node that has just come back may leave a declaration unanswered for ever, on a connection that is well. */
  setupMs?: number
}

/** A connection that comes back: amqplib's recovery with growing, jittered pauses. */
export class RabbitConnection {
  readonly #options: RabbitConnectionOptions
  #recovering: RecoveringChannelModel | undefined
  #model: ChannelModel | undefined
  #state: 'connecting' | 'connected' | 'blocked' | 'closed' = 'connecting'

  constructor(options: RabbitConnectionOptions) {
    this.#options = options
  }

  /** Resolves after the first try, whether it worked or not. */
  async open(): Promise<void> {
    const { url, name, logger } = this.#options
    const model = await connect(withHeartbeat(url), {
      keepAlive: true,
      noDelay: true,
      timeout: 5_000,
      clientProperties: { connection_name: name },
      recovery: {
        initialDelay: 100,
        maxDelay: 10_000,
        factor: 2,
        jitter: 0.5,
        waitForConnect: false,
        setup: (current: ChannelModel) => this.#setup(current),
      },
    })
    this.#recovering = model
    const first = Promise.withResolvers<void>()
    model.on('connect', () => {
      this.#state = 'connected'
      logger.info({ connection: name }, 'connected to RabbitMQ')
      first.resolve()
    })
    model.on('connect-failed', (err) => {
      logger.warn({ err, connection: name }, 'cannot connect to RabbitMQ; tries again')
      first.resolve()
    })
    model.on('disconnect', (err) => {
      this.#state = 'connecting'
      logger.warn({ err, connection: name }, 'lost the connection to RabbitMQ; reconnects')
    })
    model.on('blocked', (reason) => {
      this.#state = 'blocked'
      logger.warn({ reason, connection: name }, 'RabbitMQ takes no messages for now')
    })
    model.on('unblocked', () => {
      this.#state = 'connected'
      logger.info({ connection: name }, 'RabbitMQ takes messages again')
    })
    model.on('error', (err) => logger.warn({ err, connection: name }, 'RabbitMQ closed the connection'))
    await first.promise
  }

  /** @throws when it is down, or blocked because the broker is short of memory or disk */
  assertUsable(): void {
    if (this.#state !== 'connected') throw new Error(`RabbitMQ is not usable: ${this.#state}`)
  }

  /** Does something with the connection, if there is one now; `setup` does it on those to come. */
  async with(work: (model: ChannelModel) => Promise<void>): Promise<void> {
    if (this.#model) await work(this.#model)
  }

  /** A channel for one purpose. Waits for the connection. */
  async channel(): Promise<Channel> {
    if (!this.#recovering) throw new Error('RabbitMQ is not usable: not started')
    const channel = await this.#recovering.createChannel()
    channel.on('error', () => {}) // the call that caused it rejects; unheard, it would end the connection
    return channel
  }

  /** Rejects when the connection closes meanwhile: amqplib does not look before its setup is through. */
  async #setup(model: ChannelModel): Promise<void> {
    const { promise: closed, reject } = Promise.withResolvers<never>()
    model.once('close', (error) => {
      if (this.#model === model) this.#model = undefined
      reject(error ?? new Error('The connection closed'))
    })
    closed.catch(() => {})
    model.on('error', () => {}) // its close follows and tells the same; amqplib listens only after the setup
    this.#model = model
    model.setMaxListeners(0) // each job's channel waits for its end
    const limit = this.#options.setupMs ?? setupMs
    const late = new Error(`RabbitMQ has not answered the declarations within ${limit} ms`)
    const { stream } = model.connection as unknown as { stream: Duplex } // not in amqplib's types
    const timer = setTimeout(() => stream.destroy(late), limit)
    await Promise.race([this.#options.setup(model), closed]).finally(() => clearTimeout(timer))
  }

  /** amqplib waits for ever for the goodbye of a connection that is lost meanwhile. */
  async close(): Promise<void> {
    this.#state = 'closed'
    const lost = new Promise((resolve) => this.#model?.once('close', resolve))
    await atMost(goodbyeMs, Promise.race([this.#recovering?.close(), lost]))
  }
}

/** A peer that vanished is noticed within twenty seconds. */
function withHeartbeat(url: string): string {
  const address = new URL(url)
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', '10')
  return address.href
}
