import { setTimeout as pause } from 'node:timers/promises'
import { asDatabaseUnavailable, DatabaseUnavailable } from '@slipway/database'
import type { Observability } from '@slipway/observability'

interface Means {
  logger: Pick<Observability['logger'], 'warn'>
  patienceMs?: number
  pauseMs?: number
}

/**
 * Does what a service does before its first request. A database that is busy, or itself just starting, is asked again for a
 * minute, as migrations do: whoever gives up sooner is only started anew, on the same busy machine.
 */
export async function prepare(
  work: () => Promise<void>,
  { logger, patienceMs = 60_000, pauseMs = 1_000 }: Means,
): Promise<void> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(asDatabaseUnavailable(error) instanceof DatabaseUnavailable) || performance.now() > until) throw error
      logger.warn({ err: error }, 'the database does not answer yet: it is asked again')
    }
    await pause(pauseMs)
  }
}
