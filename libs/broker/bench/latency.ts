// From the commit to the job, at a steady rate: node libs/broker/bench/latency.ts
import { setTimeout as delay } from 'node:timers/promises'
import { createBroker, Job, type DataOf, type Event } from '../src/index.ts'
import { transactionsOf, type Tx } from '../src/testing/effects.ts'
import { OrderShipped, shipped } from '../src/testing/events.ts'
import { openBench, quantile, quietObservability, report, until } from './bench.ts'

const perSecond = 200
const seconds = 15
const warmUp = perSecond

const committed: number[] = []
const taken: number[] = []

class Pack extends Job<Tx, DataOf<typeof OrderShipped>> {
  readonly name = 'pack'
  readonly on = [OrderShipped]

  async process({ data }: Event<DataOf<typeof OrderShipped>>) {
    taken[data.parcels] = performance.now()
  }
}

async function measure(transport: 'RabbitMQ' | 'PostgreSQL', wanted: string): Promise<void> {
  const bench = await openBench()
  const transaction = transactionsOf(bench.pool)
  const broker = createBroker<Tx>({
    service: 'bench',
    settings: bench.settings(transport),
    database: { sql: bench.pool, directUrl: bench.url },
    observability: quietObservability(),
    jobs: [new Pack()],
    transaction,
    connections: 10,
  })
  await broker.start()
  const total = warmUp + perSecond * seconds
  committed.length = taken.length = 0
  const startedAt = performance.now()
  const emits: Promise<void>[] = []
  for (let sent = 1; sent <= total; sent++) {
    await delay(Math.max(0, startedAt + (sent * 1000) / perSecond - performance.now()))
    const parcels = sent
    const emit = transaction(({ sql }) => broker.outbox.emit(sql, shipped(parcels)))
    emits.push(emit.then(() => void (committed[parcels] = performance.now())))
  }
  await Promise.all(emits)
  await until(() => taken.filter(() => true).length === total)
  // a job may run before the emitter hears that it has committed
  const latencies = taken.map((at, parcels) => Math.max(0, at - (committed[parcels] ?? 0))).filter((_, n) => n > warmUp)
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
  report(`${transport}, commit to job, p50 / p99 in ms`, `${p50.toFixed(1)} / ${p99.toFixed(1)}`, wanted)
  await broker.stop(2_000)
  await bench.close(['bench.pack', 'bench.pack.dead'])
}

await measure('RabbitMQ', '10 / 100')
await measure('PostgreSQL', '60 / –')
