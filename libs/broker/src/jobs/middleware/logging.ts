import type { Logger } from '@slipway/observability'
import type { WorkerMiddleware } from '../middleware.ts'

/** One line for each run. Never the data: it may hold secrets. */
export const logging =
  <Tx>(logger: Logger): WorkerMiddleware<Tx> =>
  async ({ job, attempt }, next) => {
    const started = performance.now()
    const outcome = await next()
    const duration = Math.round((performance.now() - started) * 1e6)
    const line = {
      event: { action: 'job-run', outcome: 'error' in outcome ? 'failure' : 'success', duration },
      job: { name: job.name, outcome: outcome.kind, attempt },
    }
    switch (outcome.kind) {
      case 'dead':
        logger.error({ ...line, err: outcome.error }, `job ${job.name} gave up: the event is in the dead letters`)
        break
      case 'retry':
        logger.warn({ ...line, err: outcome.error }, `job ${job.name} failed; tries again in ${outcome.delayMs} ms`)
        break
      case 'skipped':
        logger.debug(line, `job ${job.name} skipped`)
        break
      default:
        logger.info(line, `job ${job.name} ${outcome.kind}`)
    }
    return outcome
  }
