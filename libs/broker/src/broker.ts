import type { Database } from '@slipway/database'
import type { Observability } from '@slipway/observability'
import type { EventType } from './event.ts'
import { Executor } from './jobs/executor.ts'
import type { Job } from './jobs/job.ts'
import { createJobMetrics } from './jobs/metrics.ts'
import type { WorkerMiddleware } from './jobs/middleware.ts'
import type { RunTransaction } from './jobs/middleware/transaction.ts'
import { checkJobNames } from './jobs/names.ts'
import type { PeriodicJob } from './jobs/periodic-job.ts'
import { PeriodicRunner } from './jobs/periodic-runner.ts'
import { Ticks } from './jobs/ticks.ts'
import { createWorker } from './jobs/worker.ts'
import { createOutbox, type Outbox } from './outbox/outbox.ts'
import { startRelay } from './outbox/start-relay.ts'
import { PruneMessaging } from './prune.job.ts'
import { checkEmitted } from './schema-check.ts'
import { checkTransportSettings, createTransport } from './transport/create-transport.ts'
import type { BrokerSettings } from './variables.ts'

/** Of the time to stop, at most this is kept for giving back what did not finish. */
const longestGiveBackMs = 1_500
const periodicLeaseMs = 30_000

export interface BrokerOptions<Tx> {
  /** Source of its events; first part of its queues' names. */
  service: string
  settings: BrokerSettings
  database: Pick<Database<unknown>, 'sql' | 'directUrl'>
  observability: Observability
  jobs: readonly Job<Tx>[]
  periodicJobs?: readonly PeriodicJob[]
  /** Opens the transaction of a job's run. */
  transaction: RunTransaction<Tx>
  /** Around each run of every job, inside its timeout and outside its transaction. The first is the outermost. */
  middleware?: readonly WorkerMiddleware<Tx>[]
  /** What the service emits: a schema that does not compile is found now, not at the first event. */
  eventTypes?: readonly EventType[]
}

export interface Broker {
  readonly outbox: Outbox
  /** Starts relay, jobs and periodic jobs. Does not wait for a broker that is down: `ready` tells. */
  start(): Promise<void>
  /** Takes nothing more, finishes what runs, gives back what did not finish, closes; all within the deadline. */
  stop(deadlineMs: number): Promise<void>
  /** @throws when started and not connected */
  ready(): Promise<void>
}

/**
 * Everything between a service and its events. Connects to nothing until `start`.
 *
 * @throws InvalidSettings when no broker is named
 */
export function createBroker<Tx>(options: BrokerOptions<Tx>): Broker {
  const { service, settings, observability, jobs, periodicJobs = [], eventTypes = [] } = options
  checkTransportSettings(settings)
  checkJobNames([...jobs, ...periodicJobs])
  for (const { data } of eventTypes) checkEmitted(data)
  const outbox = createOutbox({ source: service, traceparent: () => observability.traceparent() })
  let running: Promise<Running> | undefined

  return {
    outbox,
    async start() {
      await (running ??= startAll(options))
    },
    async stop(deadlineMs) {
      await (await running)?.stop(deadlineMs)
    },
    async ready() {
      await (await running)?.ready()
    },
  }
}

interface Running {
  ready(): Promise<void>
  stop(deadlineMs: number): Promise<void>
}

async function startAll<Tx>(options: BrokerOptions<Tx>): Promise<Running> {
  const { service, settings, database, observability, jobs, periodicJobs = [], middleware = [] } = options
  const { sql } = database
  const delaysMs = settings.JOB_RETRY_DELAYS_MS.split(',').map(Number)
  const transport = createTransport(service, settings, delaysMs, observability.logger)
  const metrics = createJobMetrics(observability.metrics)
  const run = createWorker<Tx>({
    observability,
    metrics,
    policy: { maxAttempts: settings.JOB_MAX_ATTEMPTS, delaysMs },
    timeoutMs: settings.JOB_TIMEOUT_MS,
    transaction: options.transaction,
    middleware,
  })
  const executor = new Executor<Tx>({
    service,
    jobs,
    transport,
    run,
    metrics,
    observability,
    prefetch: settings.JOB_PREFETCH,
    concurrency: settings.JOB_CONCURRENCY,
  })
  const retention = { outboxHours: settings.OUTBOX_RETENTION_HOURS, inboxHours: settings.INBOX_RETENTION_HOURS }
  const periodic = new PeriodicRunner({
    jobs: [...periodicJobs, new PruneMessaging(sql, retention)],
    ticks: new Ticks(sql, periodicLeaseMs),
    observability,
  })

  await transport.start()
  await executor.start()
  const relay = startRelay({ service, settings, database, observability, transport })
  periodic.start()

  return {
    ready: () => transport.ready(),
    async stop(deadlineMs) {
      const graceMs = deadlineMs - Math.min(longestGiveBackMs, deadlineMs / 2)
      await Promise.all([executor.stop(graceMs), periodic.stop(graceMs), relay.stop()])
      await transport.close()
    },
  }
}
