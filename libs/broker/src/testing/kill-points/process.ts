// One service process on real engines that kills itself at a point of an event's way: node process.ts <orders as JSON>
import { setTimeout as delay } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import pg from 'pg'
import { createExecutor } from '../../jobs/create-executor.ts'
import { Job, type JobContext } from '../../jobs/job.ts'
import { NonRetryable } from '../../jobs/errors.ts'
import type { RunTransaction } from '../../jobs/middleware/transaction.ts'
import type { Event } from '../../event.ts'
import { createOutboxMetrics } from '../../outbox/metrics.ts'
import { createOutbox } from '../../outbox/outbox.ts'
import { Relay } from '../../outbox/relay.ts'
import { OutboxStore } from '../../outbox/store.ts'
import { createTransport } from '../../transport/create-transport.ts'
import { RabbitPublisher } from '../../transport/rabbit/publisher.ts'
import type { Outcome, Subscription, Transport } from '../../transport/transport.ts'
import type { BrokerSettings } from '../../variables.ts'
import { transactionsOf, type Tx } from '../effects.ts'
import { OrderShipped, shipped, type Shipped } from '../events.ts'
import { testObservability } from '../observability.ts'
import type { KillPoint, Orders } from './points.ts'

const orders = JSON.parse(process.argv[2] ?? '') as Orders
const settings = orders.settings as unknown as BrokerSettings
const retryDelaysMs = settings.JOB_RETRY_DELAYS_MS.split(',').map(Number)
const observability = testObservability()

let passed = 0
function die(point: KillPoint) {
  if (point !== orders.killAt || ++passed < 2) return
  process.kill(process.pid, 'SIGKILL')
}

class Ship extends Job<Tx, Shipped> {
  readonly name: string
  readonly on = [OrderShipped]
  readonly #then: (attempt: number) => void

  constructor(name: string, then: (attempt: number) => void = () => {}) {
    super()
    this.name = name
    this.#then = then
  }

  override isTriggered() {
    die('after deliver')
    return true
  }

  async process({ data }: Event<Shipped>, { tx, attempt }: JobContext<Tx>) {
    await tx.ship(this.name, data.parcels)
    die('after job transaction')
    this.#then(attempt)
  }
}

const jobs = [
  new Ship('ship'),
  new Ship('ship-late', (attempt) => {
    if (attempt === 1) throw new Error('not the first time')
  }),
  new Ship('ship-never', () => {
    throw new NonRetryable('never')
  }),
]

/** pg's own client, killable around COMMIT. */
class KillableClient extends pg.Client {
  // pg.Client's own overloads cannot be written down once more
  override query = ((...given: unknown[]) => {
    const commits = given[0] === 'COMMIT'
    const inJob = this.#inJob
    if (given[0] === 'BEGIN') this.#inJob = false
    if (typeof given[0] === 'string' && given[0].includes('messaging.inbox')) this.#inJob = true
    const point = inJob ? 'inbox commit' : 'commit'
    if (commits) die(`before ${point}`)
    const result = Reflect.apply(pg.Client.prototype.query, this, given) as Promise<unknown>
    return commits ? result.then((answer) => (die(`after ${point}`), answer)) : result
  }) as pg.Client['query']
  #inJob = false
}

const pool = new pg.Pool({ connectionString: orders.databaseUrl, max: 10, Client: KillableClient } as pg.PoolConfig)
const open = transactionsOf(pool)
const transaction: RunTransaction<Tx> = (work) => {
  die('before job transaction')
  return open(work)
}

function killableTransport(inner: Transport): Transport {
  return Object.assign(Object.create(inner) as Transport, {
    start: () => inner.start(),
    ready: () => inner.ready(),
    close: () => inner.close(),
    async publish(messages: Parameters<Transport['publish']>[0]) {
      die('before publish')
      const confirmed = inner.publish(messages)
      if (orders.killAt === 'after publish') setImmediate(() => die('after publish')) // written, and not confirmed
      const outcomes = await confirmed
      die('before confirm')
      return outcomes
    },
    subscribe: (subscription: Subscription) =>
      inner.subscribe({
        ...subscription,
        async handle(delivery) {
          die('before deliver')
          const outcome = await subscription.handle(delivery)
          beforeSettling(outcome)
          return outcome
        },
      }),
  })
}

function beforeSettling({ kind }: Outcome) {
  if (kind === 'done') die('before ack')
  if (kind === 'retry') die('before retry publish')
  if (kind === 'dead') die('before dead-letter publish')
  // the acknowledgement is written, and nobody answers it
  if (kind === 'done' && orders.killAt === 'after ack') setTimeout(() => die('after ack'), 30)
}

function dieBetweenQueues(headers: Record<string, unknown>) {
  if ('x-attempt' in headers) die('after retry publish')
  if ('x-error' in headers) die('after dead-letter publish')
}
const send = RabbitPublisher.prototype.send
RabbitPublisher.prototype.send = async function (parcels) {
  const outcomes = await send.call(this, parcels)
  for (const { options } of parcels) dieBetweenQueues((options.headers ?? {}) as Record<string, unknown>)
  return outcomes
}
const insert = PgBoss.prototype.insert
PgBoss.prototype.insert = async function (queue, moved, options) {
  const result = await insert.call(this, queue, moved, options)
  const [data] = moved.map((job) => job.data as { attempt: number; error?: string })
  if (data?.error !== undefined) die('after dead-letter publish')
  else if (data && data.attempt > 1) die('after retry publish')
  return result
}

const store = new OutboxStore(pool)
const killableStore = Object.assign(Object.create(store) as OutboxStore, {
  async lease(...bounds: Parameters<OutboxStore['lease']>) {
    die('before lease')
    const rows = await store.lease(...bounds)
    if (rows.length > 0) die('after lease')
    return rows
  },
  async markPublished(rows: Parameters<OutboxStore['markPublished']>[0]) {
    die('after confirm')
    die('before mark')
    await store.markPublished(rows)
    die('after mark')
  },
  postpone: store.postpone.bind(store),
  release: store.release.bind(store),
  nextDueMs: store.nextDueMs.bind(store),
})

const transport = killableTransport(createTransport('shop', settings, retryDelaysMs, observability.logger))
const executor = createExecutor<Tx>({ service: 'shop', settings, observability, jobs, transaction }, transport)
const relay = new Relay({
  store: killableStore,
  transport,
  metrics: createOutboxMetrics(observability.metrics, () => store.backlog()),
  logger: observability.logger,
  batchSize: 2,
  batchBytes: 1_000_000,
  pollMs: 20,
  leaseMs: 1_000,
})

await transport.start()
await executor.start()
const outbox = createOutbox({ source: 'shop' })
for (let parcels = 1; parcels <= orders.emits; parcels++) {
  await open(async (tx, sql) => {
    await tx.ship('emitted', parcels)
    await outbox.emit(sql, shipped(parcels))
  })
}
relay.start()
process.stdout.write('up\n')

process.on('SIGTERM', async () => {
  await relay.stop()
  await executor.stop(2_000)
  await transport.close()
  await pool.end()
  await delay(0)
  process.exit(0)
})
