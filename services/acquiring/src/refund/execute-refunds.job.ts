import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { AppError } from '@slipway/errors'
import type { Deps, Tx } from '../deps.ts'
import { refundMade, type Payment } from '../payment/payment.ts'
import { recordChange } from '../payment/record-change.ts'
import { ProviderRefused } from '../provider/errors.ts'
import { refundEvent, type Refund } from './refund.ts'

type RefundDeps = Pick<Deps, 'transaction' | 'providers' | 'payments'>

const batch = 50

/** Has the provider give back what was asked for; until its answer is clear it is asked again, with the same key. */
export class ExecuteRefunds extends PeriodicJob {
  readonly name = 'execute-refunds'
  readonly everyMs = 5_000
  readonly #deps: RefundDeps

  constructor(deps: RefundDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    const due = await this.#deps.transaction((tx) => tx.refunds.takeDue(batch))
    for (const refund of due) {
      if (signal.aborted) return
      try {
        await this.#execute(refund, logger)
      } catch (error) {
        const level = error instanceof AppError ? 'warn' : 'error'
        logger[level]({ err: error, refundId: refund.id }, 'a refund could not be made yet')
      }
    }
  }

  async #execute(refund: Refund, logger: PeriodicContext['logger']) {
    const { payments, transaction } = this.#deps
    const payment = await payments.find(refund.paymentId)
    if (!payment?.providerId) throw new Error(`Payment ${refund.paymentId} was never opened at its provider`)
    const { status, id } = await this.#ask(payment, payment.providerId, refund)
    const facts = { refundId: refund.id, paymentId: payment.id }
    if (status === 'pending') return transaction((tx) => tx.refunds.underWay(refund.id, id))
    if (status === 'failed')
      logger.error(facts, 'the provider does not give the money back: somebody has to look at it')
    else logger.info(facts, 'refund made')
    await transaction((tx) => settle(tx, refund, status, id))
  }

  async #ask({ provider, chargeId }: Payment, providerId: string, { id, amount, providerId: known }: Refund) {
    try {
      return await this.#deps.providers.get(provider).refund({ id, providerId, chargeId, amount, refundId: known })
    } catch (error) {
      if (error instanceof ProviderRefused) return { status: 'failed' as const, id: undefined }
      throw error
    }
  }
}

/** Until the payer's bank takes it back. */
const isOwed = ({ mismatched, status }: Payment) => mismatched && status !== 'charged_back'

async function settle(tx: Tx, refund: Refund, status: 'succeeded' | 'failed', providerId: string | undefined) {
  const payment = await tx.payments.lock(refund.paymentId)
  if (!payment || !(await tx.refunds.settle(refund.id, status, providerId))) return
  if (status === 'succeeded') await recordChange(tx, payment, refundMade(payment, refund), `refund ${refund.id}`)
  // nobody else can ask for wrong money, and the payment waits for it; by another id, as providers repeat what they answered
  else if (isOwed(payment)) await tx.refunds.askAgain(refund)
  tx.tally.refunded(payment, status, refund.amount)
  await tx.emit(refundEvent(status, refund, payment))
}
