import type { Clock } from '@slipway/service-kit'
import type { AgendaItem } from '../agenda/agenda.ts'
import type { RunTransaction } from '../deps.ts'
import { chargeBack } from '../page/page.ts'
import type { DisputeStore } from './dispute.store.ts'

interface DisputesOptions {
  disputes: DisputeStore
  transaction: RunTransaction
  clock: Clock
}

const atOnce = 20

/** Card holders who dispute what they paid: some time later their bank takes the money back. */
export class Disputes implements AgendaItem {
  readonly #options: DisputesOptions

  constructor(options: DisputesOptions) {
    this.#options = options
  }

  async doDue(signal: AbortSignal): Promise<void> {
    const { disputes, clock } = this.#options
    for (;;) {
      const due = await disputes.due(clock.now(), atOnce)
      for (const pageId of due) if (!signal.aborted) await this.#chargeBack(pageId)
      if (due.length < atOnce || signal.aborted) return
    }
  }

  nextDue() {
    return this.#options.disputes.nextDue()
  }

  async idle() {}

  #chargeBack(pageId: string) {
    return this.#options.transaction(async (tx) => {
      const page = await tx.pages.lock(pageId)
      await tx.charges.settleDispute(pageId)
      return tx.apply(chargeBack(page))
    })
  }
}
