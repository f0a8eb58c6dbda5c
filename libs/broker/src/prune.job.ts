import type { Sql } from '@slipway/database'
import { pruneInbox } from './inbox.ts'
import { PeriodicJob, type PeriodicContext } from './jobs/periodic-job.ts'
import { OutboxStore } from './outbox/store.ts'

const batch = 5_000

/** Removes published events and old inbox rows, a batch at a time: no long locks, no long transaction. */
export class PruneMessaging extends PeriodicJob {
  readonly name = 'prune-messaging'
  readonly everyMs = 5 * 60_000
  readonly #sql: Sql
  readonly #outboxHours: number
  readonly #inboxHours: number

  constructor(sql: Sql, retention: { outboxHours: number; inboxHours: number }) {
    super()
    this.#sql = sql
    this.#outboxHours = retention.outboxHours
    this.#inboxHours = retention.inboxHours
  }

  async run({ signal }: PeriodicContext) {
    const outbox = new OutboxStore(this.#sql)
    await untilNone(signal, () => outbox.prune(this.#outboxHours, batch))
    await untilNone(signal, () => pruneInbox(this.#sql, this.#inboxHours, batch))
  }
}

async function untilNone(signal: AbortSignal, prune: () => Promise<number>) {
  while (!signal.aborted && (await prune()) === batch);
}
