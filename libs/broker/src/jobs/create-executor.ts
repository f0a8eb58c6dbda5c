import type { BrokerOptions } from '../broker.ts'
import type { Transport } from '../transport/transport.ts'
import { Executor } from './executor.ts'
import { createJobMetrics } from './metrics.ts'
import { createWorker } from './worker.ts'

/** Connections that runs never take: requests, metrics and pruning need some too. */
const spare = 2

/** The jobs of one service with all that happens around their runs, fed by a transport. */
export function createExecutor<Tx>(
  options: Omit<BrokerOptions<Tx>, 'database'>,
  transport: Pick<Transport, 'subscribe'>,
): Executor<Tx> {
  const { service, settings, observability, jobs, middleware = [] } = options
  const metrics = createJobMetrics(observability.metrics)
  const policy = { maxAttempts: settings.JOB_MAX_ATTEMPTS, delaysMs: retryDelaysMs(settings) }
  const { JOB_TIMEOUT_MS: timeoutMs, JOB_PREFETCH: prefetch, JOB_CONCURRENCY: concurrency } = settings
  const { transaction, connections = Infinity } = options
  const total = connections - spare
  const run = createWorker<Tx>({ observability, metrics, policy, timeoutMs, transaction, middleware })
  return new Executor<Tx>({ service, jobs, transport, run, metrics, observability, prefetch, concurrency, total })
}

export const retryDelaysMs = ({ JOB_RETRY_DELAYS_MS }: Pick<BrokerOptions<never>['settings'], 'JOB_RETRY_DELAYS_MS'>) =>
  JOB_RETRY_DELAYS_MS.split(',').map(Number)
