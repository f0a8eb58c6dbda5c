import { Socket } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { postgresEngine, type Engine } from '../../testing/engines.ts'
import { testObservability } from '../../testing/observability.ts'
import type { Delivery, Outcome, Transport } from '../transport.ts'
import { createBoss } from './boss.ts'

const quickly = { timeout: 30_000, interval: 10 }

let engine: Engine
const opened: Transport[] = []
beforeAll(async () => {
  engine = await postgresEngine()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((transport) => transport.close()))
})
afterAll(() => engine.remove([]))

async function listening(queue: string, type: string) {
  const transport = engine.open()
  opened.push(transport)
  await transport.start()
  const deliveries: Delivery[] = []
  const handle = async (delivery: Delivery): Promise<Outcome> => {
    deliveries.push(delivery)
    return { kind: 'done' }
  }
  await transport.subscribe({ queue, types: [type], prefetch: 5, handle })
  return { transport, deliveries }
}

test('an event that is published twice is in the queue once, waiting or done', async () => {
  const { transport, deliveries } = await listening('shop.pack', 'pack.v1')
  const event = { id: uuidv7(), type: 'pack.v1', body: '"x"' }
  await Promise.all([transport.publish([event]), transport.publish([event])])
  await vi.waitFor(() => expect(deliveries).toHaveLength(1), quickly)
  const other = { id: uuidv7(), type: 'pack.v1', body: '"y"' }

  expect(await transport.publish([event, other])).toEqual(['confirmed', 'confirmed'])

  await vi.waitFor(() => expect(deliveries.map(({ body }) => body)).toEqual(['"x"', '"y"']), quickly)
})

test('a waiting worker of another process is woken: it does not wait for its next look', async () => {
  const { deliveries } = await listening('shop.wake', 'wake.v1')
  const publisher = engine.open()
  opened.push(publisher)
  await publisher.start()
  await publisher.publish([{ id: uuidv7(), type: 'wake.v1', body: '"warm up"' }])
  await vi.waitFor(() => expect(deliveries).toHaveLength(1), quickly)

  const waits: number[] = []
  for (const delivered of [2, 3, 4]) {
    const before = performance.now()
    await publisher.publish([{ id: uuidv7(), type: 'wake.v1', body: '"x"' }])
    await vi.waitFor(() => expect(deliveries).toHaveLength(delivered), quickly)
    waits.push(performance.now() - before)
  }
  expect(Math.min(...waits)).toBeLessThan(1_000) // it looks two seconds after it found nothing
})

test('processes that start at once on an empty database make it together', async () => {
  const empty = await postgresEngine()
  const transports = Array.from({ length: 4 }, () => empty.open())
  await Promise.all(transports.map((transport) => transport.start()))
  await Promise.all(transports.map((transport) => transport.ready()))
  await Promise.all(transports.map((transport) => transport.close()))
  await empty.remove([])
})

test('what a text may hold, an event may hold', async () => {
  const { transport, deliveries } = await listening('shop.text', 'text.v1')
  const body = JSON.stringify({ text: 'nul \u0000, half a pair \ud800, 👍' })
  expect(await transport.publish([{ id: uuidv7(), type: 'text.v1', body }])).toEqual(['confirmed'])
  await vi.waitFor(() => expect(deliveries).toEqual([{ body, attempt: 1 }]), quickly)
})

test('a silent connection is probed: a server that vanished without a word is noticed', async () => {
  using probe = vi.spyOn(Socket.prototype, 'setKeepAlive')
  const boss = createBoss(engine.url, testObservability().logger)
  await boss.start()
  expect(probe).toHaveBeenCalledWith(true, 10_000)
  await boss.stop({ graceful: false })
})
