import type { Observability } from '@slipway/observability'
import type { Outcome } from '../transport/transport.ts'
import type { JobMetrics } from './metrics.ts'
import { chain, type Work, type WorkerMiddleware } from './middleware.ts'
import { errorReports } from './middleware/error-reports.ts'
import { judging, type RetryPolicy } from './middleware/judging.ts'
import { logging } from './middleware/logging.ts'
import { measuring } from './middleware/measuring.ts'
import { timeout } from './middleware/timeout.ts'
import { tracing } from './middleware/tracing.ts'
import { transaction, type RunTransaction } from './middleware/transaction.ts'
import { triggering } from './middleware/triggering.ts'
import { untilAborted } from './until-aborted.ts'

export interface WorkerOptions<Tx> {
  observability: Observability
  metrics: JobMetrics
  policy: RetryPolicy
  timeoutMs: number
  transaction: RunTransaction<Tx>
  /** The service's own, around the transaction and inside the timeout. */
  middleware: readonly WorkerMiddleware<Tx>[]
}

/** What happens around each run of a job, from the outside to the inside. */
export function createWorker<Tx>(options: WorkerOptions<Tx>): (work: Work<Tx>) => Promise<Outcome> {
  const { observability } = options
  return chain(
    [
      tracing(observability),
      logging(observability.logger),
      measuring(options.metrics),
      errorReports(observability),
      judging(options.policy),
      triggering(),
      timeout(options.timeoutMs),
      ...options.middleware,
      transaction(options.transaction),
    ],
    async ({ job, event, attempt, signal, tx }) => {
      await untilAborted(signal, () =>
        job.process(event, { tx: tx as Tx, signal, logger: observability.logger, attempt }),
      )
      return { kind: 'done' }
    },
  )
}
