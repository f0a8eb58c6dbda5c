import type { WorkerMiddleware } from '@slipway/broker'
import type { Clock } from '@slipway/service-kit'

// #region middleware
/** Puts runs of one job off until somebody is there. The event waits for its next attempt. */
export const onlyInWorkingHours =
  (job: string, clock: Clock): WorkerMiddleware<unknown> =>
  async (work, next) => {
    const hour = clock.now().getUTCHours()
    if (work.job.name === job && (hour < 8 || hour >= 18)) throw new Error('The warehouse is closed')
    return next()
  }
// #endregion
