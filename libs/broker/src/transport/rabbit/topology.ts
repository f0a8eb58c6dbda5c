import type { Channel } from 'amqplib'
import type { Subscription } from '../transport.ts'
import type { Names } from './names.ts'

/** Redeliveries without an outcome (crashes, lost connections) after which the broker itself buries a message. */
const deliveryLimit = 20
const noLimit = 1_000_000_000

/** All that producers declare. */
export async function declareEvents(channel: Channel, names: Names): Promise<void> {
  await channel.assertExchange(names.events, 'topic', { durable: true })
}

/** A job's queue, bound to its types, and the queue of its dead letters. */
export async function declareQueue(channel: Channel, names: Names, { queue, types }: Subscription): Promise<void> {
  await channel.assertQueue(names.dead(queue), quorum({ 'x-delivery-limit': noLimit }))
  await channel.assertQueue(
    names.queue(queue),
    quorum({ 'x-delivery-limit': deliveryLimit, ...deadLetterTo('', names.dead(queue)) }),
  )
  for (const type of types) await channel.bindQueue(names.queue(queue), names.events, type)
}

/**
 * A waiting room: a message stays for the delay, then goes to the queue that its routing key names. A fanout exchange
 * stands before it because the routing key is taken.
 */
export async function declareTier(channel: Channel, tier: string, delayMs: number): Promise<void> {
  await channel.assertExchange(tier, 'fanout', { durable: true })
  await channel.assertQueue(
    tier,
    quorum({ 'x-message-ttl': delayMs, 'x-delivery-limit': noLimit, ...deadLetterTo('') }),
  )
  await channel.bindQueue(tier, tier, '')
}

const quorum = (more: Record<string, unknown>) => ({
  durable: true,
  arguments: { 'x-queue-type': 'quorum', ...more },
})

/** At least once: needs `reject-publish` (https://www.rabbitmq.com/docs/quorum-queues#dead-lettering). */
const deadLetterTo = (exchange: string, routingKey?: string) => ({
  'x-dead-letter-exchange': exchange,
  ...(routingKey && { 'x-dead-letter-routing-key': routingKey }),
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
})
