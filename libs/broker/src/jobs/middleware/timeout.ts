import { JobTimeout } from '../errors.ts'
import type { WorkerMiddleware } from '../middleware.ts'
import { untilAborted } from '../until-aborted.ts'

/** The transaction has this long to roll back before the run ends without it. */
const rollbackMs = 1_000

/** Aborts the run's signal when its time is over, and ends the run even if it does not listen. */
export const timeout =
  <Tx>(defaultMs: number): WorkerMiddleware<Tx> =>
  async (work, next) => {
    const ms = work.job.timeoutMs ?? defaultMs
    const soft = new AbortController()
    const hard = new AbortController()
    const abort = (reason: unknown) => {
      soft.abort(reason)
      setTimeout(() => hard.abort(reason), rollbackMs).unref()
    }
    const stop = work.signal
    const onStop = () => abort(stop.reason)
    const timer = setTimeout(() => abort(new JobTimeout(ms)), ms)
    stop.addEventListener('abort', onStop, { once: true })
    work.signal = soft.signal
    try {
      stop.throwIfAborted()
      return await untilAborted(hard.signal, next)
    } finally {
      clearTimeout(timer)
      stop.removeEventListener('abort', onStop)
    }
  }
