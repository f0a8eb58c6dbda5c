import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { AppError } from '@slipway/errors'
import type { Deps } from '../deps.ts'
import type { PaymentProvider } from '../provider/payment-provider.ts'
import type { Reconciliation } from './reconciliation.store.ts'
import { takePage } from './take-page.ts'

type ReconcileDeps = Pick<Deps, 'transaction' | 'providers' | 'clock' | 'reconciliation'>

/** Pages in one run at most: the next run goes on. */
const pagesAtOnce = 200

/**
 * Compares what each provider settled with the ledger, period after period, and books its fees. It may be cut anywhere and run
 * by many at once: each page is one transaction that says where to go on.
 */
export class Reconcile extends PeriodicJob {
  readonly name = 'reconcile'
  readonly everyMs = 60_000
  readonly #deps: ReconcileDeps

  constructor(deps: ReconcileDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    for (const provider of this.#deps.providers.all) {
      try {
        for (let page = 0; page < pagesAtOnce && !signal.aborted; page++) if (!(await this.#step(provider))) break
      } catch (error) {
        const level = error instanceof AppError ? 'warn' : 'error'
        logger[level]({ err: error, provider: provider.name }, 'a settlement could not be reconciled yet')
      }
    }
  }

  /** One page. False when there is nothing to take now. */
  async #step(provider: PaymentProvider): Promise<boolean> {
    const { transaction } = this.#deps
    const current = await transaction(
      async (tx) => (await tx.reconciliations.running(provider.name)) ?? this.#next(tx, provider),
    )
    if (!current) return false
    const page = await provider.settlement(current, current.cursor ?? undefined)
    return transaction((tx) => takePage(tx, current, page))
  }

  /** The period after the last one, once it is over for long enough. */
  async #next(
    tx: Parameters<Parameters<Deps['transaction']>[0]>[0],
    { name }: PaymentProvider,
  ): Promise<Reconciliation | undefined> {
    const { clock, reconciliation } = this.#deps
    const { periodMs, delayMs } = reconciliation
    const { after, first } = await tx.reconciliations.beginning(name)
    if (!after && !first) return undefined
    const from = after ?? new Date(first!.getTime() - (first!.getTime() % periodMs))
    const to = new Date(from.getTime() + periodMs)
    return to.getTime() + delayMs <= clock.now().getTime() ? tx.reconciliations.start(name, { from, to }) : undefined
  }
}
