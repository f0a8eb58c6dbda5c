import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { AppError } from '@slipway/errors'
import type { Deps } from '../deps.ts'
import { changePayment } from './apply-observation.ts'
import { giveUp, isOpen, type Payment } from './payment.ts'
import { recheckPayment } from './recheck-payment.ts'
import { settlePayment } from './settle-payment.ts'

type SettleDeps = Pick<Deps, 'transaction' | 'providers' | 'clock' | 'observability' | 'payments'>

const batch = 50
const atOnce = 5

/**
 * Asks the provider about every open payment, less and less often, so that none depends on a webhook or on the process
 * that made it; and gives up those that were not paid in time. Right after a start everything open is asked about. What
 * somebody told of is asked about as well, open or not, until there is an answer.
 */
export class SettlePayments extends PeriodicJob {
  readonly name = 'settle-payments'
  readonly everyMs = 5_000
  readonly #deps: SettleDeps
  #caughtUp = false

  constructor(deps: SettleDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    const { transaction } = this.#deps
    if (!this.#caughtUp) await transaction((tx) => tx.payments.makeDue())
    this.#caughtUp = true
    const logged = (paymentId: string, settling: Promise<unknown>) =>
      settling.catch((error: unknown) => {
        const level = error instanceof AppError ? 'warn' : 'error'
        logger[level]({ err: error, paymentId }, 'a payment could not be settled yet')
      })
    const takeRechecks = () => transaction((tx) => tx.rechecks.takeDue(batch))
    const takeOpen = () => this.#takeOpen()
    await inBatches(signal, takeRechecks, (due) => logged(due.paymentId, recheckPayment(this.#deps, due, 'check')))
    await inBatches(signal, takeOpen, (due) => logged(due.id, this.#settle(due)))
  }

  /** Pods of the release before note a check of what is over and forget it once it is taken: those are kept here. */
  #takeOpen() {
    return this.#deps.transaction(async (tx) => {
      const due = await tx.payments.takeDue(batch)
      for (const payment of due) if (!isOpen(payment)) await tx.rechecks.ask(payment.id)
      return due
    })
  }

  async #settle(payment: Payment) {
    return settlePayment(this.#deps, await this.#expired(payment), 'check')
  }

  async #expired(payment: Payment): Promise<Payment> {
    const now = this.#deps.clock.now()
    if (payment.ending || !isOverdue(payment, now)) return payment
    return changePayment(this.#deps, payment.id, 'expiry', (latest) =>
      isOpen(latest) && isOverdue(latest, now) ? giveUp(latest, 'expired') : { payment: latest, steps: [] },
    )
  }
}

const isOverdue = ({ capturing, expiresAt }: Payment, now: Date) => !capturing && expiresAt <= now

async function inBatches<T>(signal: AbortSignal, take: () => Promise<T[]>, work: (one: T) => Promise<unknown>) {
  for (;;) {
    const due = await take()
    for (let at = 0; at < due.length && !signal.aborted; at += atOnce)
      await Promise.all(due.slice(at, at + atOnce).map(work))
    if (due.length < batch || signal.aborted) return
  }
}
