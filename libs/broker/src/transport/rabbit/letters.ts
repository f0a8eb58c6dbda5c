import { createHash } from 'node:crypto'
import type { ConsumeMessage, GetMessage } from 'amqplib'
import type { FoundLetter } from '../../dead/dead-letters.ts'
import { peek } from '../../dead/peek.ts'
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
import type { Tiers } from './tiers.ts'

const attemptHeader = 'x-attempt'
const errorHeader = 'x-error'
const attemptsHeader = 'x-attempts'

interface LettersOptions {
  names: Names
  publisher: RabbitPublisher
  tiers: Tiers
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
  forward(queue: string, message: ConsumeMessage, outcome: Failure): Promise<PublishOutcome> {
    const { names, tiers } = this.#options
    const { content, properties } = message
    const { messageId, type, contentType } = properties
    const options = { messageId, type, contentType }
    const parcel: Parcel =
      outcome.kind === 'retry'
        ? {
            exchange: names.tier(queue, tiers.pick(outcome.delayMs)),
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
              timestamp: Math.floor(Date.now() / 1000),
              headers: { [errorHeader]: describe(outcome.error), [attemptsHeader]: this.read(message).attempt },
            },
          }
    return this.#send(parcel)
  }

  /** Sends a dead letter to its job's queue, as it came there first. */
  revive(queue: string, { content, properties }: GetMessage): Promise<PublishOutcome> {
    const { messageId, type, contentType } = properties
    const options = { messageId, type, contentType }
    return this.#send({ exchange: '', routingKey: this.#options.names.queue(queue), content, options })
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

  readFound(message: GetMessage): Omit<FoundLetter, 'queue' | 'replay' | 'drop'> {
    const { messageId, timestamp, headers = {} } = message.properties
    const [buried] = (headers['x-death'] ?? []) as { time?: { value?: number } }[]
    const seconds = (timestamp as number | undefined) ?? buried?.time?.value
    const letter = this.readDead(message)
    return {
      id: (messageId as string | undefined) ?? digest(message.content),
      ...peek(letter.body),
      ...letter,
      ...(seconds && { diedAt: new Date(seconds * 1000) }),
    }
  }

  async #send(parcel: Parcel): Promise<PublishOutcome> {
    const [result = new Error('Nothing was published')] = await this.#options.publisher.send([parcel])
    return result
  }
}

/** An id for what came without one. */
const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 32)

const toParcel = (exchange: string, { id, type, body }: Message): Parcel => ({
  exchange,
  routingKey: type,
  content: Buffer.from(body),
  options: { messageId: id, type, contentType: envelopeMediaType },
})
