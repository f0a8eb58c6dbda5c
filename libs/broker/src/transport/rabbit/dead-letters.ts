import type { Logger } from '@slipway/observability'
import { connect, type Channel, type ChannelModel, type GetMessage } from 'amqplib'
import { pause } from '../../backoff.ts'
import { NoSuchQueue, type DeadLetters, type FoundLetter } from '../../dead/dead-letters.ts'
import { Letters } from './letters.ts'
import { Names } from './names.ts'
import { RabbitPublisher } from './publisher.ts'
import { Tiers } from './tiers.ts'

const connectMs = 5_000
/** Quorum queues take back what was not acknowledged a moment after the channel closed. */
const takeBackMs = 2_000

interface RabbitDeadLettersOptions {
  url: string
  /** Before every exchange and queue name. */
  prefix: string
  /** AMQP lists no queues: those to look at. */
  known: readonly string[]
  logger: Logger
}

/** Dead letters on RabbitMQ: read without an acknowledgement, so that closing the channel puts them back. */
export class RabbitDeadLetters implements DeadLetters {
  readonly #model: ChannelModel
  readonly #names: Names
  readonly #known: readonly string[]
  readonly #letters: Letters

  private constructor(model: ChannelModel, publisher: RabbitPublisher, names: Names, known: readonly string[]) {
    this.#model = model
    this.#names = names
    this.#known = known
    this.#letters = new Letters({ names, publisher, tiers: new Tiers([]) })
  }

  static async open({ url, prefix, known, logger }: RabbitDeadLettersOptions): Promise<RabbitDeadLetters> {
    const clientProperties = { connection_name: 'slipway dead letters' }
    const model = await connect(url, { timeout: connectMs, noDelay: true, clientProperties })
    model.on('error', () => {}) // what is under way rejects
    const connection = { assertUsable: () => {} }
    const publisher = new RabbitPublisher({ connection, declare: async () => {}, logger })
    await publisher.attach(model)
    return new RabbitDeadLetters(model, publisher, new Names(prefix), known)
  }

  async queues(): Promise<string[]> {
    const found: string[] = []
    for (const queue of this.#known.toSorted()) {
      const channel = await this.#channel()
      await channel.checkQueue(this.#names.dead(queue)).then(
        () => found.push(queue),
        () => {}, // not declared on this broker
      )
      await channel.close().catch(() => {}) // closed already when there is no such queue
    }
    return found
  }

  async *scan(queue: string): AsyncGenerator<FoundLetter, void> {
    const dead = this.#names.dead(queue)
    const channel = await this.#channel()
    let kept = 0
    const settle = (message: GetMessage) => {
      channel.ack(message)
      kept--
      return true
    }
    try {
      const { messageCount } = await channel.checkQueue(dead).catch((error: unknown) => {
        throw isNotFound(error) ? new NoSuchQueue(queue) : error
      })
      // no more than were there: one that dies again after a replay is not taken once more
      for (let left = messageCount; left > 0; left--) {
        const message = await channel.get(dead)
        if (!message) return
        kept++
        yield {
          ...this.#letters.readFound(message),
          queue,
          replay: async () => {
            const outcome = await this.#letters.revive(queue, message)
            if (outcome === 'unroutable') throw new Error(`The queue ${queue} is not there: start its service`)
            if (outcome !== 'confirmed') throw outcome
            return settle(message)
          },
          drop: async () => settle(message),
        }
      }
    } finally {
      await channel.close().catch(() => {})
      if (kept > 0) await this.#takenBack(dead, kept).catch(() => {}) // the connection went: the broker does it alone
    }
  }

  /** Waits until whoever looks next finds them; not for long, since another operator may have them in hand. */
  async #takenBack(dead: string, count: number): Promise<void> {
    const channel = await this.#channel()
    const until = performance.now() + takeBackMs
    while ((await channel.checkQueue(dead)).messageCount < count && performance.now() < until) await pause(10)
    await channel.close()
  }

  async close(): Promise<void> {
    await this.#model.close()
  }

  async #channel(): Promise<Channel> {
    const channel = await this.#model.createChannel()
    channel.on('error', () => {}) // the call that caused it rejects; unheard, it would end the process
    return channel
  }
}

const isNotFound = (error: unknown) => (error as { code?: unknown }).code === 404
