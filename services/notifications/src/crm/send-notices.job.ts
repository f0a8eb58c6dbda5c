import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { AppError } from '@slipway/errors'
import { BadUpstreamResponse } from '@slipway/s2s'
import type { Deps } from '../deps.ts'
import type { CrmClient } from './crm.client.ts'
import type { DueNotice } from './notice.store.ts'
import { nextAttempt } from './notice.ts'

type SendDeps = Pick<Deps, 'transaction' | 'clock'> & { crm: CrmClient }

const batch = 20

// #region sender
/** Sends what was committed, at least once: after a crash before the note of it, with the same id again. */
export class SendNotices extends PeriodicJob {
  readonly name = 'send-crm-notices'
  readonly everyMs = 5_000
  readonly #deps: SendDeps

  constructor(deps: SendDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    for (;;) {
      const due = await this.#deps.transaction((tx) => tx.notices.takeDue(batch))
      await Promise.all(due.map((notice) => this.#send(notice, logger)))
      if (due.length < batch || signal.aborted) return
    }
  }

  async #send(notice: DueNotice, logger: PeriodicContext['logger']) {
    const { crm, transaction, clock } = this.#deps
    const { id, type, attempts } = notice
    try {
      await crm.tell(notice)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const retryAt = isRefused(error) ? undefined : nextAttempt(attempts, clock.now())
      await transaction((tx) => tx.notices.failed(notice, `${error.code}: ${error.message}`, retryAt))
      const told = { notice: { id, type, attempts }, err: error }
      if (retryAt) return logger.warn(told, `the CRM could not be told ${type}: again at ${retryAt.toISOString()}`)
      return logger.error(told, `the CRM was not told ${type}, and is not going to be`)
    }
    await transaction((tx) => tx.notices.sent(notice))
    logger.info({ notice: { id, type, attempts } }, `the CRM was told ${type}`)
  }
}

/** It has read the notice and does not want it: it will not want it later. */
const isRefused = (error: AppError) =>
  [400, 422].includes(error instanceof BadUpstreamResponse ? (error.upstreamStatus ?? 0) : error.status)
// #endregion
