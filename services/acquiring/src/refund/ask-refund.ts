import type { Money } from '@slipway/contracts/primitives'
import type { Tx } from '../deps.ts'
import { refundable, type Payment } from '../payment/payment.ts'
import type { Refund } from './refund.ts'

/**
 * Asks for money of a payment to be given back, all that is left unless `amount` says otherwise. The payment is locked, so
 * all refunds together are never more than was captured.
 *
 * @throws RefundExceedsCaptured, CurrencyMismatch
 */
export async function askRefund(
  tx: Tx,
  payment: Payment,
  { amount, ...asked }: { amount?: Money; reason: string; requestedBy: string },
): Promise<Refund> {
  const reserved = await tx.refunds.reserved(payment.id, payment.amount.currency)
  return tx.refunds.ask({ ...asked, paymentId: payment.id, amount: refundable(payment, reserved, amount) })
}
