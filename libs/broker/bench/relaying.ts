import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { writeEnvelope } from '../src/index.ts'
import { startRelay } from '../src/outbox/start-relay.ts'
import { OrderShipped, orderId } from '../src/testing/events.ts'
import type { Transport } from '../src/transport/transport.ts'
import type { BrokerSettings } from '../src/variables.ts'
import { quietObservability, type openBench } from './bench.ts'

type Bench = Awaited<ReturnType<typeof openBench>>

/** A body as it is emitted; the id is that of the row. */
export const sampleBody = (id = uuidv7()) =>
  writeEnvelope({
    id,
    type: OrderShipped.type,
    source: 'shop',
    subject: orderId,
    time: new Date().toISOString(),
    data: { orderId, parcels: 1 },
  })

/** A backlog, written by the database itself. */
export async function fillOutbox(pool: pg.Pool, events: number): Promise<void> {
  const body = sampleBody()
  await pool.query(
    `INSERT INTO messaging.outbox (id, type, event, bytes)
     SELECT gen_random_uuid(), $2, $3::json, octet_length($3::json::text) FROM generate_series(1, $1)`,
    [events, OrderShipped.type, body],
  )
  await pool.query('ANALYZE messaging.outbox')
}

export function relayOf(bench: Bench, settings: BrokerSettings, transport: Transport) {
  const observability = quietObservability()
  const relay = startRelay({
    service: 'bench',
    settings,
    database: { sql: bench.pool, directUrl: bench.url },
    observability,
    transport,
  })
  const published = async (): Promise<number> =>
    (await observability.metrics.getSingleMetric('outbox_published_total')?.get())?.values[0]?.value ?? 0
  return { ...relay, published }
}

/** A queue that is bound and that nobody takes from. */
export async function bindQueue(transport: Transport): Promise<void> {
  const consumer = await transport.subscribe({
    queue: 'bench.pack',
    types: [OrderShipped.type],
    prefetch: 1,
    handle: async () => ({ kind: 'released' }),
  })
  await consumer.cancel()
  await consumer.idle()
}
