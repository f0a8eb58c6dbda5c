// A job with inbox against a consumer written by hand: node libs/broker/bench/consume.ts
import { connect, type ConsumeMessage } from 'amqplib'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { Job, writeEnvelope, type DataOf, type Event, type JobContext } from '../src/index.ts'
import { createExecutor } from '../src/jobs/create-executor.ts'
import { transactionsOf, type Tx } from '../src/testing/effects.ts'
import { OrderShipped, orderId } from '../src/testing/events.ts'
import { createTransport } from '../src/transport/create-transport.ts'
import { countOf, openBench, quantile, quietObservability, report, until } from './bench.ts'
import { amqpUrl } from './config.ts'

const events = 2_000
const rounds = 9
const prefetch = 20

class Pack extends Job<Tx, DataOf<typeof OrderShipped>> {
  readonly name = 'pack'
  readonly on = [OrderShipped]
  done = 0
  startedAt = 0

  async process({ data }: Event<DataOf<typeof OrderShipped>>, { tx }: JobContext<Tx>) {
    this.startedAt ||= performance.now()
    await tx.ship('pack', data.parcels)
    this.done++
  }
}

const bench = await openBench()
const { pool, prefix } = bench
const settings = bench.settings('RabbitMQ', { JOB_PREFETCH: prefetch })
const observability = quietObservability()
const transport = createTransport('bench', settings, [1000], observability.logger)
await transport.start()

async function ours(): Promise<number> {
  const job = new Pack()
  const transaction = transactionsOf(pool)
  const executor = createExecutor<Tx>(
    { service: 'bench', settings, observability: quietObservability(), jobs: [job], transaction },
    transport,
  )
  await executor.start()
  await until(() => job.done >= events)
  const seconds = (performance.now() - job.startedAt) / 1000
  await executor.stop(1_000)
  return events / seconds
}

/** Nothing but what an inbox needs. */
async function byHand(): Promise<number> {
  const connection = await connect(amqpUrl)
  const channel = await connection.createChannel()
  await channel.prefetch(prefetch)
  let done = 0
  let startedAt = 0
  const { consumerTag } = await channel.consume(`${prefix}bench.pack`, async (message) => {
    if (!message) return
    startedAt ||= performance.now()
    await inTransaction(pool, message)
    channel.ack(message)
    done++
  })
  await until(() => done >= events)
  const seconds = (performance.now() - startedAt) / 1000
  await channel.cancel(consumerTag)
  await connection.close()
  return events / seconds
}

async function inTransaction(from: pg.Pool, { content }: ConsumeMessage) {
  const { id, data } = JSON.parse(content.toString('utf8')) as Event<DataOf<typeof OrderShipped>>
  const client = await from.connect()
  await client.query('BEGIN')
  const noted = await client.query(
    'INSERT INTO messaging.inbox (event_id, job) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [id, 'pack'],
  )
  if (noted.rowCount === 1) await client.query('INSERT INTO effect VALUES ($1, $2)', ['pack', data.parcels])
  await client.query('COMMIT')
  client.release()
}

async function fill(): Promise<void> {
  const time = new Date().toISOString()
  const messages = Array.from({ length: events }, (_, parcels) => {
    const event = { id: uuidv7(), type: OrderShipped.type, source: 'shop', subject: orderId, time }
    const data = { orderId, parcels: parcels + 1 }
    return { id: event.id, type: event.type, body: writeEnvelope({ ...event, data }) }
  })
  const outcomes = await transport.publish(messages)
  if (outcomes.some((outcome) => outcome !== 'confirmed')) throw new Error('Not everything was published')
}

const consumer = await transport.subscribe({
  queue: 'bench.pack',
  types: [OrderShipped.type],
  prefetch: 1,
  handle: async () => ({ kind: 'released' }),
})
await consumer.cancel()
await consumer.idle()

const rates: Record<'ours' | 'byHand', number[]> = { ours: [], byHand: [] }
for (let round = 0; round <= rounds; round++) {
  for (const [name, run] of [
    ['byHand', byHand],
    ['ours', ours],
  ] as const) {
    await fill()
    const rate = await run()
    if (round > 0) rates[name].push(rate) // the first warms up
  }
}
if ((await countOf(pool, 'effect')) !== 2 * (rounds + 1) * events) throw new Error('Not one effect for each event')

report('consumer by hand, events/s', quantile(rates.byHand, 0.5).toFixed(0))
report('job with inbox, events/s', quantile(rates.ours, 0.5).toFixed(0))
const ratios = rates.ours.map((rate, round) => rate / (rates.byHand[round] ?? Number.NaN))
report('ratio, median of the rounds', quantile(ratios, 0.5).toFixed(2), '0.70')
await transport.close()
await bench.close(['bench.pack', 'bench.pack.dead'])
