import type { WorkerMiddleware } from '../middleware.ts'

/** Asks the job whether the event is any of its business. */
export const triggering =
  <Tx>(): WorkerMiddleware<Tx> =>
  async ({ job, event }, next) =>
    job.isTriggered(event) ? next() : { kind: 'skipped' }
