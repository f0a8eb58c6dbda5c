// Longer than a file should be: the contract is one list, the same for every implementation.
import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { engines, type Engine } from '../testing/engines.ts'
import type { Delivery, Message, Outcome, Transport } from './transport.ts'

const done: Outcome = { kind: 'done' }
const quickly = { timeout: 30_000, interval: 10 }

describe.each(engines)('%s', (_name, create, available) => {
  if (!available) return test.skip('needs TEST_AMQP_URL')

  let engine: Engine
  const opened: Transport[] = []
  const queues: string[] = []
  beforeAll(async () => {
    engine = await create()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((transport) => transport.close()))
  })
  afterAll(() => engine.remove(queues))

  async function open(url?: string) {
    const transport = engine.open(url)
    opened.push(transport)
    await transport.start()
    return transport
  }
  /** Names of its own for each test. */
  function fresh() {
    const name = randomUUID().slice(0, 8)
    return { type: `shop.thing-${name}.happened.v1`, queue: `shop-${name}.react` }
  }
  const message = (type: string, body = '{}'): Message => ({ id: uuidv7(), type, body })

  /** A queue whose deliveries are noted; `answer` says what becomes of each. */
  async function listen(
    transport: Transport,
    { queue, type, prefetch = 10 }: { queue: string; type: string; prefetch?: number },
    answer: (delivery: Delivery) => Outcome | Promise<Outcome> = () => done,
  ) {
    const deliveries: Delivery[] = []
    queues.push(queue)
    const consumer = await transport.subscribe({
      queue,
      types: [type],
      prefetch,
      handle: async (delivery) => {
        deliveries.push(delivery)
        return answer(delivery)
      },
    })
    return { deliveries, consumer, bodies: () => deliveries.map(({ body }) => body) }
  }

  test('every queue that is bound to the type gets the event, others do not', async () => {
    const { type, queue } = fresh()
    const other = fresh()
    const [publisher, worker] = [await open(), await open()]
    const one = await listen(worker, { type, queue })
    const two = await listen(worker, { type, queue: `${queue}-too` })
    const none = await listen(worker, other)

    const outcomes = await publisher.publish([message(type, '"a"'), message(other.type, '"b"'), message(type, '"ü"')])

    expect(outcomes).toEqual(['confirmed', 'confirmed', 'confirmed'])
    await vi.waitFor(() => expect(one.bodies()).toEqual(['"a"', '"ü"']), quickly)
    await vi.waitFor(() => expect(two.bodies()).toEqual(['"a"', '"ü"']), quickly)
    await vi.waitFor(() => expect(none.bodies()).toEqual(['"b"']), quickly)
    expect(one.deliveries[0]).toEqual({ body: '"a"', attempt: 1 })
  })

  test('an event that nobody is bound to is unroutable, until somebody is', async () => {
    const { type, queue } = fresh()
    const known = fresh()
    const transport = await open()
    await listen(transport, known)
    expect(await transport.publish([message(type), message(known.type), message(type)])).toEqual([
      'unroutable',
      'confirmed',
      'unroutable',
    ])

    const { deliveries } = await listen(await open(), { type, queue })
    expect(await transport.publish([message(type)])).toEqual(['confirmed'])
    await vi.waitFor(() => expect(deliveries).toHaveLength(1), quickly)
  })

  test('an event waits for a job that is not there', async () => {
    const { type, queue } = fresh()
    const first = await open()
    const { consumer } = await listen(first, { type, queue })
    await consumer.cancel()
    await first.close()
    expect(await (await open()).publish([message(type, '"later"')])).toEqual(['confirmed'])

    const { bodies } = await listen(await open(), { type, queue })
    await vi.waitFor(() => expect(bodies()).toEqual(['"later"']), quickly)
  })

  test('a retry comes back after its delay with the next attempt, to its own queue only', async () => {
    const { type, queue } = fresh()
    const transport = await open()
    const times: number[] = []
    const failing = await listen(transport, { type, queue }, ({ body, attempt }) => {
      if (body === '"fine"') return done
      times.push(performance.now())
      return attempt < 3 ? { kind: 'retry', delayMs: 400, nextAttempt: attempt + 1, error: new Error('no') } : done
    })
    const other = await listen(transport, { type, queue: `${queue}-too` })

    await transport.publish([message(type, '"fails"')])
    await vi.waitFor(() => expect(times).toHaveLength(1), quickly)
    await transport.publish([message(type, '"fine"')]) // wakes the worker while the other one waits

    await vi.waitFor(() => expect(times).toHaveLength(3), quickly)
    const attempts = failing.deliveries.filter(({ body }) => body === '"fails"').map(({ attempt }) => attempt)
    expect(attempts).toEqual([1, 2, 3])
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300)
    await vi.waitFor(() => expect(other.bodies()).toEqual(['"fails"', '"fine"']), quickly)
  })

  test('events that failed together do not come back together', async () => {
    const { type, queue } = fresh()
    const transport = await open()
    const returns: number[] = []
    const error = new Error('no')
    await listen(transport, { type, queue, prefetch: 40 }, ({ attempt }) => {
      if (attempt === 1) return { kind: 'retry', delayMs: 400, nextAttempt: 2, error }
      returns.push(performance.now())
      return done
    })
    await transport.publish(Array.from({ length: 40 }, () => message(type)))
    await vi.waitFor(() => expect(returns).toHaveLength(40), quickly)
    expect((returns.at(-1) ?? 0) - (returns[0] ?? 0)).toBeGreaterThan(80)
  })

  test('a dead letter keeps body, error and attempts, and leaves the queue', async () => {
    const { type, queue } = fresh()
    const transport = await open()
    const { deliveries } = await listen(transport, { type, queue }, ({ attempt, body }) => {
      if (body === '"fine"') return done
      const error = new RangeError('too much')
      return attempt < 2 ? { kind: 'retry', delayMs: 50, nextAttempt: 2, error } : { kind: 'dead', error }
    })

    await transport.publish([message(type, 'not { json \\u0000'), message(type, '"fine"')])

    const dead = { body: 'not { json \\u0000', error: 'RangeError: too much', attempts: 2 }
    await vi.waitFor(async () => expect(await transport.listDead(queue, 10)).toEqual([dead]), quickly)
    expect(await transport.listDead(queue, 10)).toEqual([dead]) // looking takes nothing away
    await vi.waitFor(async () => expect(await transport.countDead(queue)).toBe(1), { timeout: 15_000, interval: 100 })
    await vi.waitFor(() => expect(deliveries).toHaveLength(3), quickly)
  })

  test('no more than the prefetch is in hand, and one that hangs does not hold up the others', async () => {
    const { type, queue } = fresh()
    const transport = await open()
    const hang = Promise.withResolvers<Outcome>()
    let now = 0
    let most = 0
    const { bodies } = await listen(transport, { type, queue, prefetch: 3 }, async ({ body }) => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      const outcome = body === '0' ? await hang.promise : done
      now--
      return outcome
    })

    await transport.publish(Array.from({ length: 30 }, (_, index) => message(type, String(index))))

    await vi.waitFor(() => expect(bodies()).toHaveLength(30), quickly)
    expect(most).toBe(3)
    hang.resolve(done)
  })

  test('what is given back at the stop, another process takes at once, as it was', async () => {
    const { type, queue } = fresh()
    const first = await open()
    const stop = Promise.withResolvers<Outcome>()
    const { deliveries, consumer } = await listen(first, { type, queue }, () => stop.promise)
    await first.publish([message(type, '"a"'), message(type, '"b"')])
    await vi.waitFor(() => expect(deliveries).toHaveLength(2), quickly)

    const second = await listen(await open(), { type, queue })
    await consumer.cancel()
    stop.resolve({ kind: 'released' })
    await consumer.idle()
    await first.close()

    await vi.waitFor(() => expect(second.bodies().sort()).toEqual(['"a"', '"b"']), quickly)
    expect(second.deliveries.map(({ attempt }) => attempt)).toEqual([1, 1])
  })

  test('what ended just before the stop does not come again', async () => {
    const { type, queue } = fresh()
    const first = await open()
    const end = Promise.withResolvers<Outcome>()
    const { deliveries, consumer } = await listen(first, { type, queue }, () => end.promise)
    await first.publish(Array.from({ length: 10 }, () => message(type)))
    await vi.waitFor(() => expect(deliveries).toHaveLength(10), quickly)
    await consumer.cancel()
    end.resolve(done)
    await consumer.idle()
    await first.close()

    const heir = await open()
    const { bodies } = await listen(heir, { type, queue })
    await heir.publish([message(type, '"next"')])
    await vi.waitFor(() => expect(bodies()).toContain('"next"'), quickly)
    expect(bodies()).toEqual(['"next"'])
  })

  test('after cancel nothing more is handed out', async () => {
    const { type, queue } = fresh()
    const transport = await open()
    const { deliveries, consumer } = await listen(transport, { type, queue })
    await consumer.cancel()
    expect(await transport.publish([message(type)])).toEqual(['confirmed'])

    const other = await listen(await open(), { type, queue })
    await vi.waitFor(() => expect(other.deliveries).toHaveLength(1), quickly)
    expect(deliveries).toHaveLength(0)
  })

  test('a worker that vanishes loses no work, one that takes long keeps it', { timeout: 40_000 }, async () => {
    const { type, queue } = fresh()
    const other = fresh()
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    const hang = () => new Promise<Outcome>(() => {})
    const transport = await open()
    const long = await listen(transport, other, hang)
    await transport.publish([message(other.type)])
    await vi.waitFor(() => expect(long.deliveries).toHaveLength(1), quickly)
    const vanishing = await listen(await open(url), { type, queue }, hang)
    await transport.publish([message(type, '"a"')])
    await vi.waitFor(() => expect(vanishing.deliveries).toHaveLength(1), quickly)

    proxy.cut()
    const heir = await listen(transport, { type, queue })

    await vi.waitFor(() => expect(heir.bodies()).toEqual(['"a"']), { timeout: 30_000, interval: 50 })
    expect(long.deliveries).toHaveLength(1)
  })

  test('it publishes and takes again after the connection was lost', async () => {
    const { type, queue } = fresh()
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    const transport = await open(url)
    const { bodies } = await listen(transport, { type, queue })
    await transport.publish([message(type, '"before"')])
    await vi.waitFor(() => expect(bodies()).toEqual(['"before"']), quickly)

    proxy.cut()
    await vi.waitFor(() => expect(transport.ready()).rejects.toThrow(), quickly)
    const [meanwhile] = await transport.publish([message(type, '"meanwhile"')])
    expect(meanwhile).toBeInstanceOf(Error)
    proxy.restore()

    await vi.waitFor(() => transport.ready(), quickly)
    await vi.waitFor(
      async () => expect(await transport.publish([message(type, '"after"')])).toEqual(['confirmed']),
      quickly,
    )
    await vi.waitFor(() => expect(bodies()).toContain('"after"'), quickly)
  })

  test('it starts while the broker is down, and is ready when the broker is', async () => {
    const { type, queue } = fresh()
    const { proxy, url } = await engine.proxy()
    await using _ = proxy
    proxy.cut()
    const transport = await open(url)
    const { bodies } = await listen(transport, { type, queue })
    await expect(transport.ready()).rejects.toThrow()
    expect((await transport.publish([message(type)]))[0]).toBeInstanceOf(Error)

    proxy.restore()
    await vi.waitFor(() => transport.ready(), quickly)
    expect(await transport.publish([message(type, '"x"')])).toEqual(['confirmed'])
    await vi.waitFor(() => expect(bodies()).toEqual(['"x"']), quickly)
  })
})
