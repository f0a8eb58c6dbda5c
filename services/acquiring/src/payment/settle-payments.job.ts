import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { AppError } from '@slipway/errors'
import type { Deps } from '../deps.ts'
import { changePayment } from './apply-observation.ts'
import { giveUp, isOpen, type Payment } from './payment.ts'
import { settlePayment } from './settle-payment.ts'

type SettleDeps = Pick<Deps, 'transaction' | 'providers' | 'clock' | 'observability'>

const batch = 50
const atOnce = 5

/**
 * Asks the provider about every open payment, less and less often, so that none depends on a webhook or on the process
 * that made it; and gives up those that were not paid in time. Right after a start everything open is asked about.
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
    for (;;) {
      const due = await transaction((tx) => tx.payments.takeDue(batch))
      for (let at = 0; at < due.length && !signal.aborted; at += atOnce)
        await Promise.all(due.slice(at, at + atOnce).map((payment) => this.#settle(payment, logger)))
      if (due.length < batch || signal.aborted) return
    }
  }

  async #settle(payment: Payment, logger: PeriodicContext['logger']) {
    try {
      await settlePayment(this.#deps, await this.#expired(payment), 'check')
    } catch (error) {
      const level = error instanceof AppError ? 'warn' : 'error'
      logger[level]({ err: error, paymentId: payment.id }, 'a payment could not be settled yet')
    }
  }

  async #expired(payment: Payment): Promise<Payment> {
    if (payment.ending || payment.capturing || payment.expiresAt > this.#deps.clock.now()) return payment
    return changePayment(this.#deps, payment.id, 'expiry', (latest) =>
      isOpen(latest) && !latest.capturing ? giveUp(latest, 'expired') : { payment: latest, steps: [] },
    )
  }
}
