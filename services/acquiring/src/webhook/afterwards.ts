import { AsyncLocalStorage } from 'node:async_hooks'
import { AppError } from '@slipway/errors'
import type { Observability } from '@slipway/observability'

/**
 * Work that goes on when the answer has been sent. It is never the only one to do it: whatever is lost with the process
 * is found again by a periodic job.
 */
export function createAfterwards({ logger }: Pick<Observability, 'logger'>) {
  const running = new Set<Promise<void>>()
  const outside = AsyncLocalStorage.snapshot() // the request's context ends with its answer
  return {
    run(work: () => Promise<unknown>) {
      const done = outside(work).then(
        () => {},
        (error: unknown) =>
          logger[error instanceof AppError ? 'warn' : 'error'](
            { err: error },
            'what was to be done after a webhook waits',
          ),
      )
      running.add(done)
      void done.finally(() => running.delete(done))
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
