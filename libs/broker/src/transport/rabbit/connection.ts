import type { Duplex } from 'node:stream'
import type { Logger } from '@slipway/observability'
import { connect, type Channel, type ChannelModel } from 'amqplib'
import { atMost, backoffMs, pause } from '../../backoff.ts'

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

/** A connection that comes back, after growing, jittered pauses. */
export class RabbitConnection {
  readonly #options: RabbitConnectionOptions
  readonly #closing = new AbortController()
  #kept: Promise<void> | undefined
  #model: ChannelModel | undefined
  #state: 'connecting' | 'connected' | 'blocked' | 'closed' = 'connecting'

  constructor(options: RabbitConnectionOptions) {
    this.#options = options
  }

  /** Resolves after the first try, whether it worked or not. */
  async open(): Promise<void> {
    const tried = Promise.withResolvers<void>()
    this.#kept = this.#keep(tried.resolve)
    await tried.promise
  }

  /** @throws when it is down, or blocked because the broker is short of memory or disk */
  assertUsable(): void {
    if (this.#state !== 'connected') throw new Error(`RabbitMQ is not usable: ${this.#state}`)
  }

  /** Does something with the connection, if there is one now; `setup` does it on those to come. */
  async with(work: (model: ChannelModel) => Promise<void>): Promise<void> {
    if (this.#model) await this.#inTime(this.#model, work)
  }

  /**
   * A channel for one purpose.
   *
   * @throws when the connection is not usable
   */
  async channel(): Promise<Channel> {
    this.assertUsable()
    const channel = await this.#model!.createChannel()
    channel.on('error', () => {}) // the call that caused it rejects; unheard, it would end the connection
    return channel
  }

  /** Resolves when the connection, or the attempt at one, has ended; not later than a moment. */
  async close(): Promise<void> {
    this.#state = 'closed'
    this.#closing.abort(new Error('The connection closes'))
    this.#model?.close().catch(() => {})
    await atMost(goodbyeMs, this.#kept ?? Promise.resolve())
  }

  async #keep(tried: () => void): Promise<void> {
    const { name, logger } = this.#options
    const { signal } = this.#closing
    let failures = 0
    while (!signal.aborted) {
      try {
        const { end } = await this.#connect()
        logger.info({ connection: name }, 'connected to RabbitMQ')
        tried()
        failures = 0
        const err = await end
        if (signal.aborted) return
        this.#state = 'connecting'
        logger.warn({ err, connection: name }, 'lost the connection to RabbitMQ; reconnects')
      } catch (err) {
        if (!signal.aborted) logger.warn({ err, connection: name }, 'cannot connect to RabbitMQ; tries again')
        tried()
      }
      await pause(backoffMs(++failures), signal)
    }
  }

  /** A connection that is set up, and what it will end with. */
  async #connect(): Promise<{ end: Promise<unknown> }> {
    const { url, name } = this.#options
    const model = await connect(withHeartbeat(url), {
      keepAlive: true,
      noDelay: true,
      timeout: 5_000,
      clientProperties: { connection_name: name },
    })
    const end = this.#endOf(model)
    try {
      await this.#setup(model, end)
    } catch (error) {
      model.close().catch(() => {}) // mostly it is closed already
      await end
      throw error
    }
    this.#state = 'connected'
    this.#heedBlocks(model)
    return { end }
  }

  #endOf(model: ChannelModel): Promise<unknown> {
    this.#model = model
    return new Promise((resolve) => {
      let reason: unknown
      model.on('error', (error) => (reason = error)) // unheard, it would end the process; the close follows
      model.once('close', (error) => {
        this.#model = undefined
        resolve(reason ?? error ?? new Error('The connection closed'))
      })
    })
  }

  /** Rejects when the connection ends or is to end meanwhile. */
  async #setup(model: ChannelModel, end: Promise<unknown>): Promise<void> {
    const { signal } = this.#closing
    signal.throwIfAborted()
    model.setMaxListeners(0) // each job's channel waits for its end
    await Promise.race([this.#inTime(model, this.#options.setup), end.then((error) => Promise.reject(error))])
    signal.throwIfAborted()
  }

  /** Work that takes too long loses its connection, and what waits for an answer on it rejects. */
  async #inTime(model: ChannelModel, work: (model: ChannelModel) => Promise<void>): Promise<void> {
    const limit = this.#options.setupMs ?? setupMs
    const late = new Error(`RabbitMQ has not answered the declarations within ${limit} ms`)
    const { stream } = model.connection as unknown as { stream: Duplex } // not in amqplib's types
    const timer = setTimeout(() => stream.destroy(late), limit)
    model.once('close', () => clearTimeout(timer))
    await work(model).finally(() => clearTimeout(timer))
  }

  #heedBlocks(model: ChannelModel): void {
    const { name, logger } = this.#options
    model.on('blocked', (reason) => {
      this.#state = 'blocked'
      logger.warn({ reason, connection: name }, 'RabbitMQ takes no messages for now')
    })
    model.on('unblocked', () => {
      this.#state = 'connected'
      logger.info({ connection: name }, 'RabbitMQ takes messages again')
    })
  }
}

/** A peer that vanished is noticed within twenty seconds. */
function withHeartbeat(url: string): string {
  const address = new URL(url)
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', '10')
  return address.href
}
