import type { Sql } from '@slipway/database'
import { pruneInbox } from './inbox.ts'
import { PeriodicJob, type PeriodicContext } from './jobs/periodic-job.ts'
import { OutboxStore } from './outbox/store.ts'

const batch = 5_000

interface Retention {
  outboxHours: number
  unroutableHours: number
  inboxHours: number
}

/**
 * Removes published events, inbox rows and events that nobody was ever bound to, when they are old; a batch at a time: no
 * long locks, no long transaction.
 */
export class PruneMessaging extends PeriodicJob {
  readonly name = 'prune-messaging'
  readonly everyMs = 5 * 60_000
  readonly #sql: Sql
  readonly #retention: Retention
  readonly #dropped: (type: string) => void

  /** `dropped` is told the type of each event that goes without having reached anybody. */
  constructor(sql: Sql, retention: Retention, dropped: (type: string) => void) {
    super()
    this.#sql = sql
    this.#retention = retention
    this.#dropped = dropped
  }

  async run({ signal, logger }: PeriodicContext) {
    const outbox = new OutboxStore(this.#sql)
    const { outboxHours, unroutableHours, inboxHours } = this.#retention
    await untilNone(signal, () => outbox.prune(outboxHours, batch))
    await untilNone(signal, async () => {
      const types = await outbox.dropUnroutable(unroutableHours, batch)
      for (const type of types) this.#dropped(type)
      if (types.length > 0)
        logger.warn({ types: [...new Set(types)], count: types.length }, 'gave up events that no queue is bound to')
      return types.length
    })
    await untilNone(signal, () => pruneInbox(this.#sql, inboxHours, batch))
  }
}

async function untilNone(signal: AbortSignal, prune: () => Promise<number>) {
  while (!signal.aborted && (await prune()) === batch);
}
