import type { JobMetrics } from '../metrics.ts'
import type { WorkerMiddleware } from '../middleware.ts'

export const measuring =
  <Tx>({ duration, attempts, dead }: JobMetrics): WorkerMiddleware<Tx> =>
  async ({ job, attempt }, next) => {
    const started = performance.now()
    const outcome = await next()
    duration.observe({ job: job.name, outcome: outcome.kind }, (performance.now() - started) / 1000)
    if (outcome.kind === 'done' || outcome.kind === 'dead') attempts.observe({ job: job.name }, attempt)
    if (outcome.kind === 'dead') dead.inc({ job: job.name })
    return outcome
  }
