import { uuidv7 } from 'uuidv7'
import { vi } from 'vitest'
import type { Event } from '../event.ts'
import { Job, type JobContext } from '../jobs/job.ts'
import { createJobMetrics } from '../jobs/metrics.ts'
import type { WorkerMiddleware } from '../jobs/middleware.ts'
import type { RunTransaction } from '../jobs/middleware/transaction.ts'
import { createWorker } from '../jobs/worker.ts'
import type { Tx } from './effects.ts'
import { OrderShipped, orderId, type Shipped } from './events.ts'
import { testObservability } from './observability.ts'

/** Notes its effect, then does what the test says. */
export class Ship extends Job<Tx, Shipped> {
  readonly name = 'ship'
  readonly on = [OrderShipped]
  override timeoutMs = 5_000
  /** After the effect, before the commit. */
  then: (context: JobContext<Tx>) => unknown = () => {}
  triggered = true

  override isTriggered() {
    return this.triggered
  }

  async process({ data }: Event<Shipped>, context: JobContext<Tx>) {
    await context.tx.ship(this.name, data.parcels)
    await this.then(context)
  }
}

/** One job with everything around it. */
export function shipWorker(transaction: RunTransaction<Tx>, middleware: WorkerMiddleware<Tx>[] = []) {
  const observability = testObservability()
  const captureException = vi.fn()
  const run = createWorker<Tx>({
    observability: { ...observability, captureException },
    metrics: createJobMetrics(observability.metrics),
    policy: { maxAttempts: 3, delaysMs: [100, 200] },
    timeoutMs: 10_000,
    transaction,
    middleware,
  })
  const { signal } = new AbortController()
  const job = new Ship()
  const event = (parcels = 1): Event<Shipped> => ({
    id: uuidv7(),
    type: OrderShipped.type,
    source: 'shop',
    subject: orderId,
    time: new Date().toISOString(),
    data: { orderId, parcels },
  })
  return {
    ...observability,
    captureException,
    job,
    event,
    run: (of: Event<Shipped>, attempt = 1, stop: AbortSignal = signal) =>
      run({ job, event: of, attempt, signal: stop }),
  }
}
