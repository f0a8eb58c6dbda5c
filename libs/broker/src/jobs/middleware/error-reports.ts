import type { Observability } from '@slipway/observability'
import type { WorkerMiddleware } from '../middleware.ts'

/** Reports what nobody will try again. Business errors (`AppError`) are none of it: captureException ignores them. */
export const errorReports =
  <Tx>({ captureException }: Pick<Observability, 'captureException'>): WorkerMiddleware<Tx> =>
  async ({ job }, next) => {
    const outcome = await next()
    if (outcome.kind === 'dead') captureException(outcome.error, { job: job.name })
    return outcome
  }
