import { expect, test } from 'vitest'
import { writeEnvelope } from '../envelope.ts'
import type { Event } from '../event.ts'
import { OrderShipped, orderId, type Shipped } from '../testing/events.ts'
import { testObservability } from '../testing/observability.ts'
import { InHand } from '../transport/in-hand.ts'
import type { Delivery, Outcome, Subscription } from '../transport/transport.ts'
import { Executor } from './executor.ts'
import { Job } from './job.ts'
import { createJobMetrics } from './metrics.ts'
import type { Work } from './middleware.ts'

const id = '0196a3b0-0000-7000-8000-00000000000e'
const event: Event<Shipped> = {
  id,
  type: OrderShipped.type,
  source: 'shop',
  subject: orderId,
  time: '2030-01-02T03:04:05.678Z',
  version: 3,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: { orderId, parcels: 1 },
}
const body = writeEnvelope(event)

class Ship extends Job<unknown, Shipped> {
  readonly name = 'ship'
  readonly on = [OrderShipped]
  async process() {}
}

async function hosted(run: (work: Work<unknown>) => Promise<Outcome> = async () => ({ kind: 'done' })) {
  const observability = testObservability()
  const subscriptions: Subscription[] = []
  const inHand = new InHand()
  const executor = new Executor({
    service: 'depot',
    jobs: [new Ship()],
    transport: {
      async subscribe(subscription) {
        const handle = (delivery: Delivery) => {
          const outcome = subscription.handle(delivery)
          inHand.add(outcome.then(() => {}))
          return outcome
        }
        subscriptions.push({ ...subscription, handle })
        return { cancel: async () => {}, idle: () => inHand.idle() }
      },
    },
    run,
    metrics: createJobMetrics(observability.metrics),
    observability,
    prefetch: 2,
    concurrency: 3,
    total: 100,
  })
  await executor.start()
  const [subscription] = subscriptions
  if (!subscription) throw new Error('no subscription')
  return { executor, subscription, ...observability }
}

test('each job has its queue, bound to its types; what is in hand covers what may run', async () => {
  const { subscription } = await hosted()
  expect(subscription).toMatchObject({ queue: 'depot.ship', types: ['shop.order.shipped.v1'], prefetch: 3 })
})

test('a job sees the event as it was emitted', async () => {
  const seen: Event[] = []
  const { subscription } = await hosted(async (work) => {
    seen.push(work.event)
    return { kind: 'done' }
  })
  expect(await subscription.handle({ body, attempt: 1 })).toEqual({ kind: 'done' })
  expect(seen).toEqual([event])
})

test.each([
  ['not JSON', '{"id":', 'Not JSON'],
  ['no envelope', '{"hello":"world"}', 'Not a CloudEvents envelope: / must have required properties specversion'],
  ['no UUID as id', body.replace(id, 'seven'), 'Not a CloudEvents envelope: /id must match format "uuid"'],
  ['an unknown type', body.replace('shipped.v1', 'shipped.v9'), 'does not know the type shop.order.shipped.v9'],
  ['a misfit', body.replace('"parcels":1', '"parcels":0'), '/parcels must be >= 1'],
])('%s is a dead letter at once, and the job goes on', async (_name, poison, message) => {
  const { subscription, lines } = await hosted()
  const outcome = await subscription.handle({ body: poison, attempt: 1 })
  expect(outcome).toMatchObject({ kind: 'dead', error: { message: expect.stringContaining(message) } })
  expect(lines.at(-1)).toMatchObject({ 'log.level': 'error' })
  expect(await subscription.handle({ body, attempt: 1 })).toEqual({ kind: 'done' })
})

test('fields that we do not know yet are no misfit', async () => {
  const { subscription } = await hosted()
  const newer = body.replace('"parcels":1', '"parcels":1,"carrier":"post"')
  expect(await subscription.handle({ body: newer, attempt: 1 })).toEqual({ kind: 'done' })
})

test('no more than the concurrency run at once; the others wait their turn', async () => {
  const running: (() => void)[] = []
  let most = 0
  let now = 0
  const { subscription } = await hosted(async () => {
    most = Math.max(most, ++now)
    await new Promise<void>((resolve) => running.push(resolve))
    now--
    return { kind: 'done' }
  })
  const all = Array.from({ length: 8 }, () => subscription.handle({ body, attempt: 1 }))
  for (let ended = 0; ended < 8; ended++) {
    while (running.length === 0) await new Promise((resolve) => setImmediate(resolve))
    running.shift()?.()
  }
  await Promise.all(all)
  expect(most).toBe(3)
})

test('a stop takes nothing more, gives back what waits, and aborts what does not end in time', async () => {
  const { executor, subscription } = await hosted(
    ({ signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'released' }), { once: true })),
  )
  const deliveries = Array.from({ length: 5 }, () => subscription.handle({ body, attempt: 1 }))
  await executor.stop(0)
  expect(await Promise.all(deliveries)).toEqual(Array.from({ length: 5 }, () => ({ kind: 'released' })))
})
