import { Job, type DataOf, type Event, type JobContext } from '@slipway/broker'
import { CartPaymentRejected } from '@slipway/contracts/cart'
import type { Tx } from '../deps.ts'
import { RefundExceedsCaptured } from '../payment/errors.ts'
import { askRefund } from './ask-refund.ts'

type Rejection = DataOf<typeof CartPaymentRejected>

/** Money that cart cannot honour goes back, whatever of it has not gone back yet. */
export class RefundRejectedPayment extends Job<Tx, Rejection> {
  readonly name = 'refund-rejected-payment'
  readonly on = [CartPaymentRejected]

  async process({ data: { paymentId } }: Event<Rejection>, { tx, logger }: JobContext<Tx>) {
    const payment = await tx.payments.lock(paymentId)
    if (!payment) return logger.warn({ paymentId }, 'cart rejects a payment that is not ours')
    try {
      await askRefund(tx, payment, { reason: 'cart_rejected', requestedBy: 'cart' })
    } catch (error) {
      if (!(error instanceof RefundExceedsCaptured)) throw error
      logger.info({ paymentId }, 'nothing is left to give back')
    }
  }
}
