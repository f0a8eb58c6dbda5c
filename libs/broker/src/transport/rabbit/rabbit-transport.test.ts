import type { Channel } from 'amqplib'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { amqpUrl, rabbitEngine, type Engine } from '../../testing/engines.ts'
import { openOperator, type Operator } from '../../testing/operator.ts'
import type { Delivery, Outcome, Transport } from '../transport.ts'

const done: Outcome = { kind: 'done' }
const quickly = { timeout: 30_000, interval: 10 }
/** Class and method, as frames begin with them: https://www.rabbitmq.com/amqp-0-9-1-reference. */
const queueBind = Buffer.from([0, 50, 0, 20])
const basicConsume = Buffer.from([0, 60, 0, 20])
const channelClose = Buffer.from([0, 20, 0, 40])
const queues = ['shop.pack', 'shop.sell', 'shop.bill', 'shop.ship']

describe.runIf(amqpUrl())('RabbitMQ only', () => {
  let engine: Engine
  let prefix: string
  let operator: Operator
  let channel: Channel
  const opened: Transport[] = []
  beforeAll(async () => {
    engine = await rabbitEngine()
    prefix = engine.settings().AMQP_PREFIX ?? ''
    operator = await openOperator(engine.url)
    channel = operator.channel
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((transport) => transport.close()))
  })
  afterAll(async () => {
    await operator[Symbol.asyncDispose]()
    await engine.remove(queues)
  })

  async function listening(
    queue: string,
    type: string,
    answer: (delivery: Delivery) => Outcome = () => done,
    url?: string,
  ) {
    const transport = engine.open(url)
    opened.push(transport)
    await transport.start()
    const bodies: string[] = []
    const handle = async (delivery: Delivery) => {
      bodies.push(delivery.body)
      return answer(delivery)
    }
    const consumer = await transport.subscribe({ queue, types: [type], prefetch: 5, handle })
    const publish = (body: string) => transport.publish([{ id: uuidv7(), type, body }])
    return { transport, consumer, bodies, publish }
  }

  test('a queue that was deleted is declared again', async () => {
    const { bodies, publish } = await listening('shop.pack', 'pack.v1')
    await channel.deleteQueue(`${prefix}shop.pack`)
    await vi.waitFor(async () => expect(await publish('"again"')).toEqual(['confirmed']), quickly)
    await vi.waitFor(() => expect(bodies).toEqual(['"again"']), quickly)
  })

  test('queues of retries and dead letters that were deleted are declared again, and nothing is lost', async () => {
    const error = new Error('no')
    const { transport, publish } = await listening('shop.pack', 'pack.v1', ({ attempt }) =>
      attempt === 1 ? { kind: 'retry', delayMs: 50, nextAttempt: 2, error } : { kind: 'dead', error },
    )
    for (const name of [...[40, 50, 60].map((ms) => `shop.retry.${ms}ms`), 'shop.pack.dead'])
      await channel.deleteQueue(prefix + name)

    await publish('"x"')

    const dead = { body: '"x"', error: 'Error: no', attempts: 2 }
    await vi.waitFor(() => transport.ready(), quickly)
    await vi.waitFor(async () => expect(await transport.listDead('shop.pack', 10)).toEqual([dead]), quickly)
  })

  test('an exchange that was deleted is declared again; its queues are bound when a worker connects', async () => {
    const { publish } = await listening('shop.sell', 'sell.v1')
    await channel.deleteExchange(`${prefix}events`)
    expect((await publish('"x"'))[0]).toBeInstanceOf(Error)
    await vi.waitFor(async () => expect(await publish('"x"')).toEqual(['unroutable']), quickly)

    await listening('shop.sell', 'sell.v1')
    expect(await publish('"x"')).toEqual(['confirmed'])
  })

  test('a queue that cannot be declared holds up no other', async () => {
    await channel.assertQueue(`${prefix}shop.bill`, { durable: true }) // not a quorum queue
    const { transport } = await listening('shop.bill', 'bill.v1')
    const { bodies, publish } = await listening('shop.pack', 'pack.v1')
    expect(await publish('"x"')).toEqual(['confirmed'])
    await vi.waitFor(() => expect(bodies).toEqual(['"x"']), quickly)
    await expect(transport.ready()).rejects.toThrow('Not every queue is declared')

    await channel.deleteQueue(`${prefix}shop.bill`)
    await vi.waitFor(() => transport.ready(), quickly)
  })

  test.each([
    ['declares its queue', queueBind],
    ['begins to take', basicConsume],
  ])('a consumer that is stopped while it %s anew takes nothing', async (_while, method) => {
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    const stopping = await listening('shop.pack', 'pack.v1', () => ({ kind: 'released' }), url)
    let cancelled: Promise<void> | undefined
    let closed = false
    proxy.onRequest = (data) => {
      if (data.includes(method)) cancelled ??= stopping.consumer.cancel()
      closed ||= cancelled !== undefined && data.includes(channelClose)
    }

    proxy.cut()
    proxy.restore()
    await vi.waitFor(() => expect(closed).toBe(true), quickly)

    await cancelled
    const heir = await listening('shop.pack', 'pack.v1')
    expect(await heir.publish('"x"')).toEqual(['confirmed'])
    await vi.waitFor(() => expect(heir.bodies).toEqual(['"x"']), quickly)
    expect(stopping.bodies).toEqual([])
  })

  test('an event that brings down every worker ends in the dead letters', async () => {
    const { transport, consumer, publish } = await listening('shop.ship', 'ship.v1')
    await consumer.cancel()
    await publish('"bomb"')
    await channel.consume(`${prefix}shop.ship`, (message) => message && channel.nack(message, false, true))

    await vi.waitFor(async () => {
      expect(await transport.listDead('shop.ship', 10)).toEqual([
        { body: '"bomb"', error: 'Taken too often without an outcome (delivery_limit)', attempts: 1 },
      ])
    }, quickly)
  })

  test('all of it survives the broker: queues are durable, replicated, bounded in their deliveries', async () => {
    await listening('shop.ship', 'ship.v1')
    await expect(
      channel.assertQueue(`${prefix}shop.ship`, {
        durable: true,
        arguments: {
          'x-queue-type': 'quorum',
          'x-delivery-limit': 20,
          'x-dead-letter-exchange': '',
          'x-dead-letter-routing-key': `${prefix}shop.ship.dead`,
          'x-dead-letter-strategy': 'at-least-once',
          'x-overflow': 'reject-publish',
        },
      }),
    ).resolves.toMatchObject({ queue: `${prefix}shop.ship` }) // refused, were its arguments others
  })
})
