import type { Database } from '@slipway/database'
import type { Observability } from '@slipway/observability'
import type { EventType } from './event.ts'
import type { Job } from './jobs/job.ts'
import type { WorkerMiddleware } from './jobs/middleware.ts'
import type { RunTransaction } from './jobs/middleware/transaction.ts'
import { checkJobTimes } from './jobs/check-times.ts'
import { checkJobNames } from './jobs/names.ts'
import type { PeriodicJob } from './jobs/periodic-job.ts'
import { createOutbox, type Outbox } from './outbox/outbox.ts'
import { checkEmitted } from './schema-check.ts'
import { startAll, type Running } from './start-all.ts'
import { checkTransportSettings } from './transport/create-transport.ts'
import type { BrokerSettings } from './variables.ts'

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
  /** After this time `transaction` gives up: no job may take longer. */
  transactionMs?: number | undefined
  /** Of the pool that `transaction` takes from: runs leave some to others, and each job its own. */
  connections?: number
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
 * @throws InvalidSettings when no broker is named, or a job may outlast its transaction
 */
export function createBroker<Tx>(options: BrokerOptions<Tx>): Broker {
  const { service, settings, observability, jobs, periodicJobs = [], eventTypes = [] } = options
  checkTransportSettings(settings)
  checkJobNames([...jobs, ...periodicJobs])
  checkJobTimes(jobs, settings.JOB_TIMEOUT_MS, options.transactionMs)
  for (const { data } of eventTypes) checkEmitted(data)
  const outbox = createOutbox({
    source: service,
    traceparent: () => observability.traceparent(),
    span: observability.span,
  })
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
