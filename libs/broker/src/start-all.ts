import type { BrokerOptions } from './broker.ts'
import { atMost } from './backoff.ts'
import { createExecutor, retryDelaysMs } from './jobs/create-executor.ts'
import { showDeadLetters } from './jobs/dead-gauge.ts'
import { PeriodicRunner } from './jobs/periodic-runner.ts'
import { Ticks } from './jobs/ticks.ts'
import { createDroppedCounter } from './outbox/metrics.ts'
import { startRelay } from './outbox/start-relay.ts'
import { PruneMessaging } from './prune.job.ts'
import { createTransport } from './transport/create-transport.ts'

const periodicLeaseMs = 30_000

/** Of the time to stop, this is kept for giving back what did not finish, and this for closing connections. */
const giveBackMs = 1_500
const closeMs = 500

export interface Running {
  ready(): Promise<void>
  stop(deadlineMs: number): Promise<void>
}

/** Relay, jobs and periodic jobs of one service on one transport. */
export async function startAll<Tx>(options: BrokerOptions<Tx>): Promise<Running> {
  const { service, settings, database, observability, jobs, periodicJobs = [] } = options
  const { sql } = database
  const transport = createTransport(service, settings, retryDelaysMs(settings), observability.logger)
  const executor = createExecutor(options, transport)
  const retention = {
    outboxHours: settings.OUTBOX_RETENTION_HOURS,
    unroutableHours: settings.OUTBOX_UNROUTABLE_HOURS,
    inboxHours: settings.INBOX_RETENTION_HOURS,
  }
  const dropped = createDroppedCounter(observability.metrics)
  const periodic = new PeriodicRunner({
    jobs: [...periodicJobs, new PruneMessaging(sql, retention, (type) => dropped.inc({ type }))],
    ticks: new Ticks(sql, periodicLeaseMs),
    observability,
  })

  await transport.start()
  await executor.start()
  showDeadLetters(observability.metrics, { service, jobs, transport })
  const relay = startRelay({ service, settings, database, observability, transport })
  periodic.start()

  return {
    ready: () => transport.ready(),
    async stop(deadlineMs) {
      const share = Math.min(1, deadlineMs / (2 * (giveBackMs + closeMs)))
      const finishMs = deadlineMs - closeMs * share
      const graceMs = finishMs - giveBackMs * share
      await atMost(finishMs, Promise.all([executor.stop(graceMs), periodic.stop(graceMs), relay.stop()]))
      await transport.close()
    },
  }
}
