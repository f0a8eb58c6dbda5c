import type { ConsumeMessage, GetMessage } from 'amqplib'
import { envelopeMediaType } from '../../envelope.ts'
import {
  describe,
  type DeadLetter,
  type Delivery,
  type Failure,
  type Message,
  type PublishOutcome,
} from '../transport.ts'
import type { Names } from './names.ts'
import type { Parcel, RabbitPublisher } from './publisher.ts'

const attemptHeader = 'x-attempt'
const errorHeader = 'x-error'
const attemptsHeader = 'x-attempts'

interface LettersOptions {
  names: Names
  publisher: RabbitPublisher
  /** Ascending. */
  tiersMs: readonly number[]
}

/** Events as AMQP messages: to all who listen, again to one queue after a while, or to its dead letters. */
export class Letters {
  readonly #options: LettersOptions

  constructor(options: LettersOptions) {
    this.#options = options
  }

  publish(messages: readonly Message[]): Promise<PublishOutcome[]> {
    const { names, publisher } = this.#options
    return publisher.send(messages.map((message) => toParcel(names.events, message)))
  }

  read({ content, properties }: ConsumeMessage): Delivery {
    return { body: content.toString('utf8'), attempt: Number(properties.headers?.[attemptHeader] ?? 1) }
  }

  /** Sends a failed delivery to wait for its next attempt, or to the dead letters. */
  async forward(queue: string, message: ConsumeMessage, outcome: Failure): Promise<PublishOutcome> {
    const { names, publisher, tiersMs } = this.#options
    const { content, properties } = message
    const { messageId, type, contentType } = properties
    const options = { messageId, type, contentType }
    const tier = (delayMs: number) => tiersMs.find((tierMs) => tierMs >= delayMs) ?? tiersMs.at(-1) ?? 0
    const parcel: Parcel =
      outcome.kind === 'retry'
        ? {
            exchange: names.tier(queue, tier(outcome.delayMs)),
            routingKey: names.queue(queue),
            content,
            options: { ...options, headers: { [attemptHeader]: outcome.nextAttempt } },
          }
        : {
            exchange: '',
            routingKey: names.dead(queue),
            content,
            options: {
              ...options,
              headers: { [errorHeader]: describe(outcome.error), [attemptsHeader]: this.read(message).attempt },
            },
          }
    const [result = new Error('Nothing was published')] = await publisher.send([parcel])
    return result
  }

  /** Without our headers the broker itself buried it, at the delivery limit. */
  readDead({ content, properties: { headers = {} } }: GetMessage): DeadLetter {
    const reason = headers['x-first-death-reason'] as string | undefined
    return {
      body: content.toString('utf8'),
      error: String(headers[errorHeader] ?? `Taken too often without an outcome (${reason ?? 'unknown'})`),
      attempts: Number(headers[attemptsHeader] ?? headers[attemptHeader] ?? 1),
    }
  }
}

const toParcel = (exchange: string, { id, type, body }: Message): Parcel => ({
  exchange,
  routingKey: type,
  content: Buffer.from(body),
  options: { messageId: id, type, contentType: envelopeMediaType },
})
